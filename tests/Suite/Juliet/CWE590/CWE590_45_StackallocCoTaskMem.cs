// weakness: CWE-590
// variant: 45
// construct: private static field
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_45_StackallocCoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        int* numbers = stackalloc int[25];
        data = (nint)numbers;
        Marshal.WriteByte(data, (byte)'A');
        s_BadData = data;
        BadSink();
    }

    private static nint s_BadData = 0;

    private static void BadSink()
    {
        nint data = s_BadData;
        s_BadData = 0;
        Marshal.FreeCoTaskMem(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        s_GoodG2BData = data;
        GoodG2BSink();
    }

    private static nint s_GoodG2BData = 0;

    private static void GoodG2BSink()
    {
        nint data = s_GoodG2BData;
        s_GoodG2BData = 0;
        Marshal.FreeCoTaskMem(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        int* numbers = stackalloc int[25];
        data = (nint)numbers;
        Marshal.WriteByte(data, (byte)'A');
        s_GoodB2GData = data;
        GoodB2GSink();
    }

    private static nint s_GoodB2GData = 0;

    private static void GoodB2GSink()
    {
        nint data = s_GoodB2GData;
        s_GoodB2GData = 0;
        Io.PrintByte(Marshal.ReadByte(data));
    }
}
