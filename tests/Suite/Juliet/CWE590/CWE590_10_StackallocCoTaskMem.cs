// weakness: CWE-590
// variant: 10
// construct: static field of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_10_StackallocCoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        nint data = 0;
        if (Globals.True)
        {
            int* numbers = stackalloc int[25];
            data = (nint)numbers;
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.True)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Globals.True)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.True)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (Globals.False)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.True)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.True)
        {
            int* numbers = stackalloc int[25];
            data = (nint)numbers;
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.True)
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Globals.True)
        {
            int* numbers = stackalloc int[25];
            data = (nint)numbers;
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.False)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }
}
