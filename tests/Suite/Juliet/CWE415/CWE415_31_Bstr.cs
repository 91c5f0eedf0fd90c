// weakness: CWE-415
// variant: 31
// construct: copies
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_31_Bstr;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeBSTR(data);
        nint copy = data;
        nint last = copy;
        Marshal.FreeBSTR(last);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        nint copy = data;
        nint last = copy;
        Marshal.FreeBSTR(last);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeBSTR(data);
        nint copy = data;
        nint last = copy;
        // released already
        Io.PrintLine("nothing to do");
    }
}
