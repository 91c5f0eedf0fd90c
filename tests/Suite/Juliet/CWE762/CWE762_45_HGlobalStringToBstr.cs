// weakness: CWE-762
// variant: 45
// construct: private static field
using System.Runtime.InteropServices;

namespace Cases.CWE762_45_HGlobalStringToBstr;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
        s_BadData = data;
        BadSink();
    }

    private static nint s_BadData = 0;

    private static void BadSink()
    {
        nint data = s_BadData;
        s_BadData = 0;
        Marshal.FreeBSTR(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        s_GoodG2BData = data;
        GoodG2BSink();
    }

    private static nint s_GoodG2BData = 0;

    private static void GoodG2BSink()
    {
        nint data = s_GoodG2BData;
        s_GoodG2BData = 0;
        Marshal.FreeBSTR(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
        s_GoodB2GData = data;
        GoodB2GSink();
    }

    private static nint s_GoodB2GData = 0;

    private static void GoodB2GSink()
    {
        nint data = s_GoodB2GData;
        s_GoodB2GData = 0;
        Marshal.FreeHGlobal(data);
    }
}
