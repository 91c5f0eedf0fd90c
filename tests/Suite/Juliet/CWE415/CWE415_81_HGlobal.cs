// weakness: CWE-415
// variant: 81
// construct: virtual call
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_81_HGlobal;

internal static unsafe class Case
{
    internal abstract class SinkBase
    {
        public abstract void Take(nint data);
    }

    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeHGlobal(data);
        Case.SinkBase sink = new BadSink();
        sink.Take(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Case.SinkBase sink = new GoodG2BSink();
        sink.Take(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeHGlobal(data);
        Case.SinkBase sink = new GoodB2GSink();
        sink.Take(data);
    }
}

internal sealed unsafe class BadSink : Case.SinkBase
{
    public override void Take(nint data)
    {
        Marshal.FreeHGlobal(data);
    }
}

internal sealed unsafe class GoodG2BSink : Case.SinkBase
{
    public override void Take(nint data)
    {
        Marshal.FreeHGlobal(data);
    }
}

internal sealed unsafe class GoodB2GSink : Case.SinkBase
{
    public override void Take(nint data)
    {
        // released already
        Io.PrintLine("nothing to do");
    }
}
