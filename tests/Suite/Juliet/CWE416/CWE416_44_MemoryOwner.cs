// weakness: CWE-416
// variant: 44
// construct: delegate
using System.Buffers;
using Suite.Support;

namespace Cases.CWE416_44_MemoryOwner;

internal static unsafe class Case
{
    private delegate void Sink(IMemoryOwner<byte> data);

    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        data.Dispose();
        Sink sink = BadSink;
        sink(data);
    }

    private static void BadSink(IMemoryOwner<byte> data)
    {
        Io.PrintByte(data.Memory.Span[0]);
    }

    public static void GoodG2B()
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        Sink sink = GoodG2BSink;
        sink(data);
    }

    private static void GoodG2BSink(IMemoryOwner<byte> data)
    {
        Io.PrintByte(data.Memory.Span[0]);
        data.Dispose();
    }

    public static void GoodB2G()
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        data.Dispose();
        Sink sink = GoodB2GSink;
        sink(data);
    }

    private static void GoodB2GSink(IMemoryOwner<byte> data)
    {
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
