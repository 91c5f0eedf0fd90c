// weakness: CWE-590
// variant: 41
// construct: argument
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_41_StackallocCoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        int* numbers = stackalloc int[25];
        data = (nint)numbers;
        Marshal.WriteByte(data, (byte)'A');
        BadSink(data);
    }

    private static void BadSink(nint data)
    {
        Marshal.FreeCoTaskMem(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodG2BSink(data);
    }

    private static void GoodG2BSink(nint data)
    {
        Marshal.FreeCoTaskMem(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        int* numbers = stackalloc int[25];
        data = (nint)numbers;
        Marshal.WriteByte(data, (byte)'A');
        GoodB2GSink(data);
    }

    private static void GoodB2GSink(nint data)
    {
        Io.PrintByte(Marshal.ReadByte(data));
    }
}
