// weakness: CWE-762
// variant: 44
// construct: delegate
using System.Runtime.InteropServices;

namespace Cases.CWE762_44_HGlobalStringToBstr;

internal static unsafe class Case
{
    private delegate void Sink(nint data);

    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
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
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
        Sink sink = GoodB2GSink;
        sink(data);
    }

    private static void GoodB2GSink(nint data)
    {
        Marshal.FreeHGlobal(data);
    }
}
