// weakness: CWE-761
// variant: 61
// construct: result of another class's function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_61_NativeMemoryZeroed;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = BadMaker.Make();
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

    public static void GoodB2G()
    {
        byte* data = GoodB2GMaker.Make();
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
}

internal static unsafe class BadMaker
{
    public static byte* Make()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        return data;
    }
}

internal static unsafe class GoodB2GMaker
{
    public static byte* Make()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        return data;
    }
}
