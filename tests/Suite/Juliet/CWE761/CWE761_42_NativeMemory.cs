// weakness: CWE-761
// variant: 42
// construct: result of a function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_42_NativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = BadSource();
        for (; *data != 0; data++)
        {
            if (*data == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        NativeMemory.Free(data);
    }

    private static byte* BadSource()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        return data;
    }

    public static void GoodB2G()
    {
        byte* data = GoodB2GSource();
        byte* cursor = data;
        for (; *cursor != 0; cursor++)
        {
            if (*cursor == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        NativeMemory.Free(data);
    }

    private static byte* GoodB2GSource()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        return data;
    }
}
