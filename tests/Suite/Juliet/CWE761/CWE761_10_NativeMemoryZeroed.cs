// weakness: CWE-761
// variant: 10
// construct: static field of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_10_NativeMemoryZeroed;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        byte* data = null;
        if (Globals.True)
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
        }
        if (Globals.True)
        {
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
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Globals.True)
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
        }
        if (Globals.True)
        {
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

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Globals.True)
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
        }
        if (Globals.False)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
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
}
