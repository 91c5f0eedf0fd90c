// weakness: CWE-401
// variant: 44
// construct: delegate
using System.Buffers;
using Suite.Support;

namespace Cases.CWE401_44_MemoryOwner;

internal static unsafe class Case
{
    private delegate void Sink(IMemoryOwner<byte> data);

    public static void Bad() // bad: LIFE016|LIFE003|LIFE004 (or in BadSink)
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        Io.PrintByte(data.Memory.Span[0]);
        Sink sink = BadSink;
        sink(data);
    }

    private static void BadSink(IMemoryOwner<byte> data)
    {
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    public static void GoodG2B()
    {
        IMemoryOwner<byte> data = null!;
        data = Io.StaticOwner;
        Io.PrintByte(data.Memory.Span[0]);
        Sink sink = GoodG2BSink;
        sink(data);
    }

    private static void GoodG2BSink(IMemoryOwner<byte> data)
    {
        Io.PrintLine("nothing to do");
    }

    public static void GoodB2G()
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        Io.PrintByte(data.Memory.Span[0]);
        Sink sink = GoodB2GSink;
        sink(data);
    }

    private static void GoodB2GSink(IMemoryOwner<byte> data)
    {
        data.Dispose();
    }
}
