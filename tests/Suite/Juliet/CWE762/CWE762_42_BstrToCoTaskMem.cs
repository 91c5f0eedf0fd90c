// weakness: CWE-762
// variant: 42
// construct: result of a function
using System.Runtime.InteropServices;

namespace Cases.CWE762_42_BstrToCoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = BadSource();
        Marshal.FreeCoTaskMem(data);
    }

    private static nint BadSource()
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }

    public static void GoodG2B()
    {
        nint data = GoodG2BSource();
        Marshal.FreeCoTaskMem(data);
    }

    private static nint GoodG2BSource()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }

    public static void GoodB2G()
    {
        nint data = GoodB2GSource();
        Marshal.FreeBSTR(data);
    }

    private static nint GoodB2GSource()
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}
