// weakness: CWE-590
// variant: 06
// construct: private const int
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_06_StackallocCoTaskMem;

internal static unsafe class Case
{
    private const int Five = 5;

    public static void Bad() // bad: LIFE009
    {
        nint data = 0;
        if (Five == 5)
        {
            int* numbers = stackalloc int[25];
            data = (nint)numbers;
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Five == 5)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Five == 5)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Five == 5)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Five == 5)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Five == 5)
        {
            int* numbers = stackalloc int[25];
            data = (nint)numbers;
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Five == 5)
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Five == 5)
        {
            int* numbers = stackalloc int[25];
            data = (nint)numbers;
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }
}
