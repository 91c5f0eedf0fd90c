// weakness: CWE-590
// variant: 17
// construct: for, once
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_17_StackallocCoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        nint data = 0;
        for (int i = 0; i < 1; i++)
        {
            int* numbers = stackalloc int[25];
            data = (nint)numbers;
            Marshal.WriteByte(data, (byte)'A');
        }
        for (int i = 0; i < 1; i++)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        for (int i = 0; i < 1; i++)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        for (int i = 0; i < 1; i++)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        for (int i = 0; i < 1; i++)
        {
            int* numbers = stackalloc int[25];
            data = (nint)numbers;
            Marshal.WriteByte(data, (byte)'A');
        }
        for (int i = 0; i < 1; i++)
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }
}
