// weakness: CWE-416
// variant: 06
// construct: private const int
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_06_NativeMemoryZeroed;

internal static unsafe class Case
{
    private const int Five = 5;

    public static void Bad() // bad: LIFE007
    {
        byte* data = null;
        if (Five == 5)
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        if (Five == 5)
        {
            Io.PrintByte(data[0]);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Five == 5)
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
        }
        if (Five == 5)
        {
            Io.PrintByte(data[0]);
            NativeMemory.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
        }
        if (Five == 5)
        {
            Io.PrintByte(data[0]);
            NativeMemory.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Five == 5)
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        if (Five == 5)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Five == 5)
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        if (Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }
}
