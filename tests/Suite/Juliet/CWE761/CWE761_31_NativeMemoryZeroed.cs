// weakness: CWE-761
// variant: 31
// construct: copies
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_31_NativeMemoryZeroed;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        byte* copy = data;
        byte* last = copy;
        for (; *last != 0; last++)
        {
            if (*last == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        NativeMemory.Free(last);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        byte* copy = data;
        byte* last = copy;
        byte* cursor = last;
        for (; *cursor != 0; cursor++)
        {
            if (*cursor == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        NativeMemory.Free(last);
    }
}
