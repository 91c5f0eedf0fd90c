// weakness: CWE-415
// variant: 65
// construct: delegate to another class's function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_65_HGlobal;

internal static unsafe class Case
{
    private delegate void Sink(nint data);

    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeHGlobal(data);
        Sink sink = BadSinks.BadSink;
        sink(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Sink sink = GoodG2BSinks.GoodG2BSink;
        sink(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeHGlobal(data);
        Sink sink = GoodB2GSinks.GoodB2GSink;
        sink(data);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(nint data)
    {
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(nint data)
    {
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(nint data)
    {
        // released already
        Io.PrintLine("nothing to do");
    }
}
