// weakness: CWE-415
// variant: 63
// construct: variable passed by reference
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_63_Bstr;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeBSTR(data);
        BadSinks.BadSink(ref data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        GoodG2BSinks.GoodG2BSink(ref data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeBSTR(data);
        GoodB2GSinks.GoodB2GSink(ref data);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(ref nint reference)
    {
        nint data = reference;
        Marshal.FreeBSTR(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(ref nint reference)
    {
        nint data = reference;
        Marshal.FreeBSTR(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(ref nint reference)
    {
        nint data = reference;
        // released already
        Io.PrintLine("nothing to do");
    }
}
