// weakness: CWE-761
// variant: 18
// construct: goto
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_18_NativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        byte* data = null;
        goto source;
        source:
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        goto sink;
        sink:
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
        byte* data = null;
        goto source;
        source:
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        goto sink;
        sink:
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
