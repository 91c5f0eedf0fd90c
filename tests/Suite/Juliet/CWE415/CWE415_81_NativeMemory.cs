// weakness: CWE-415
// variant: 81
// construct: virtual call
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_81_NativeMemory;

internal static unsafe class Case
{
    internal abstract class SinkBase
    {
        public abstract void Take(byte* data);
    }

    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
        Case.SinkBase sink = new BadSink();
        sink.Take(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Case.SinkBase sink = new GoodG2BSink();
        sink.Take(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
        Case.SinkBase sink = new GoodB2GSink();
        sink.Take(data);
    }
}

internal sealed unsafe class BadSink : Case.SinkBase
{
    public override void Take(byte* data)
    {
        NativeMemory.Free(data);
    }
}

internal sealed unsafe class GoodG2BSink : Case.SinkBase
{
    public override void Take(byte* data)
    {
        NativeMemory.Free(data);
    }
}

internal sealed unsafe class GoodB2GSink : Case.SinkBase
{
    public override void Take(byte* data)
    {
        // released already
        Io.PrintLine("nothing to do");
    }
}
