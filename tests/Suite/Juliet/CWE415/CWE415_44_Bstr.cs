// weakness: CWE-415
// variant: 44
// construct: delegate
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_44_Bstr;

internal static unsafe class Case
{
    private delegate void Sink(nint data);

    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeBSTR(data);
        Sink sink = BadSink;
        sink(data);
    }

    private static void BadSink(nint data)
    {
        Marshal.FreeBSTR(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        Sink sink = GoodG2BSink;
        sink(data);
    }

    private static void GoodG2BSink(nint data)
    {
        Marshal.FreeBSTR(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeBSTR(data);
        Sink sink = GoodB2GSink;
        sink(data);
    }

    private static void GoodB2GSink(nint data)
    {
        // released already
        Io.PrintLine("nothing to do");
    }
}
