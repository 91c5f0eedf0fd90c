// weakness: CWE-590
// variant: 81
// construct: virtual call
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_81_StackallocCoTaskMem;

internal static unsafe class Case
{
    internal abstract class SinkBase
    {
        public abstract void Take(nint data);
    }

    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        int* numbers = stackalloc int[25];
        data = (nint)numbers;
        Marshal.WriteByte(data, (byte)'A');
        Case.SinkBase sink = new BadSink();
        sink.Take(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Case.SinkBase sink = new GoodG2BSink();
        sink.Take(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        int* numbers = stackalloc int[25];
        data = (nint)numbers;
        Marshal.WriteByte(data, (byte)'A');
        Case.SinkBase sink = new GoodB2GSink();
        sink.Take(data);
    }
}

internal sealed unsafe class BadSink : Case.SinkBase
{
    public override void Take(nint data)
    {
        Marshal.FreeCoTaskMem(data);
    }
}

internal sealed unsafe class GoodG2BSink : Case.SinkBase
{
    public override void Take(nint data)
    {
        Marshal.FreeCoTaskMem(data);
    }
}

internal sealed unsafe class GoodB2GSink : Case.SinkBase
{
    public override void Take(nint data)
    {
        Io.PrintByte(Marshal.ReadByte(data));
    }
}
