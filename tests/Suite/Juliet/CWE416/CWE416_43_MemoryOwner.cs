// weakness: CWE-416
// variant: 43
// construct: ref parameter that a callee fills
using System.Buffers;
using Suite.Support;

namespace Cases.CWE416_43_MemoryOwner;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        IMemoryOwner<byte> data = null!;
        BadSource(ref data);
        data.Dispose();
        Io.PrintByte(data.Memory.Span[0]);
    }

    private static void BadSource(ref IMemoryOwner<byte> data)
    {
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
    }

    public static void GoodG2B()
    {
        IMemoryOwner<byte> data = null!;
        GoodG2BSource(ref data);
        Io.PrintByte(data.Memory.Span[0]);
        data.Dispose();
    }

    private static void GoodG2BSource(ref IMemoryOwner<byte> data)
    {
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
    }

    public static void GoodB2G()
    {
        IMemoryOwner<byte> data = null!;
        GoodB2GSource(ref data);
        data.Dispose();
        // not used any more
        Io.PrintLine("nothing to do");
    }

    private static void GoodB2GSource(ref IMemoryOwner<byte> data)
    {
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
    }
}
