// weakness: CWE-761
// variant: 07
// construct: private static int
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_07_NativeMemoryZeroed;

internal static unsafe class Case
{
    private static int s_five = 5;

    public static void Bad() // bad: LIFE009
    {
        byte* data = null;
        if (s_five == 5)
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
        }
        if (s_five == 5)
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
        if (s_five == 5)
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
        }
        if (s_five == 5)
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
        if (s_five == 5)
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
        }
        if (s_five != 5)
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
