// weakness: CWE-401
// variant: 81
// construct: virtual call
using System.Buffers;
using Suite.Support;

namespace Cases.CWE401_81_MemoryOwner;

internal static unsafe class Case
{
    internal abstract class SinkBase
    {
        public abstract void Take(IMemoryOwner<byte> data);
    }

    public static void Bad() // bad: LIFE016|LIFE003|LIFE004 (or in BadSink)
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        Io.PrintByte(data.Memory.Span[0]);
        Case.SinkBase sink = new BadSink();
        sink.Take(data);
    }

    public static void GoodG2B()
    {
        IMemoryOwner<byte> data = null!;
        data = Io.StaticOwner;
        Io.PrintByte(data.Memory.Span[0]);
        Case.SinkBase sink = new GoodG2BSink();
        sink.Take(data);
    }

    public static void GoodB2G()
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        Io.PrintByte(data.Memory.Span[0]);
        Case.SinkBase sink = new GoodB2GSink();
        sink.Take(data);
    }
}

internal sealed unsafe class BadSink : Case.SinkBase
{
    public override void Take(IMemoryOwner<byte> data)
    {
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal sealed unsafe class GoodG2BSink : Case.SinkBase
{
    public override void Take(IMemoryOwner<byte> data)
    {
        Io.PrintLine("nothing to do");
    }
}

internal sealed unsafe class GoodB2GSink : Case.SinkBase
{
    public override void Take(IMemoryOwner<byte> data)
    {
        data.Dispose();
    }
}
