// weakness: CWE-762
// variant: 68
// construct: static field of another class
using System.Runtime.InteropServices;

namespace Cases.CWE762_68_BstrToCoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        BadPlace.Data = data;
        BadPlace.BadSink();
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodG2BPlace.Data = data;
        GoodG2BPlace.GoodG2BSink();
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        GoodB2GPlace.Data = data;
        GoodB2GPlace.GoodB2GSink();
    }
}

internal static unsafe class BadPlace
{
    internal static nint Data = 0;

    public static void BadSink()
    {
        nint data = Data;
        Data = 0;
        Marshal.FreeCoTaskMem(data);
    }
}

internal static unsafe class GoodG2BPlace
{
    internal static nint Data = 0;

    public static void GoodG2BSink()
    {
        nint data = Data;
        Data = 0;
        Marshal.FreeCoTaskMem(data);
    }
}

internal static unsafe class GoodB2GPlace
{
    internal static nint Data = 0;

    public static void GoodB2GSink()
    {
        nint data = Data;
        Data = 0;
        Marshal.FreeBSTR(data);
    }
}
