// weakness: CWE-415
// variant: 43
// construct: ref parameter that a callee fills
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_43_Bstr;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = 0;
        BadSource(ref data);
        Marshal.FreeBSTR(data);
        Marshal.FreeBSTR(data);
    }

    private static void BadSource(ref nint data)
    {
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
    }

    public static void GoodG2B()
    {
        nint data = 0;
        GoodG2BSource(ref data);
        Marshal.FreeBSTR(data);
    }

    private static void GoodG2BSource(ref nint data)
    {
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
    }

    public static void GoodB2G()
    {
        nint data = 0;
        GoodB2GSource(ref data);
        Marshal.FreeBSTR(data);
        // released already
        Io.PrintLine("nothing to do");
    }

    private static void GoodB2GSource(ref nint data)
    {
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
    }
}
