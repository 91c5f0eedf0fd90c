// weakness: CWE-401
// variant: 43
// construct: ref parameter that a callee fills
using System.Buffers;
using Suite.Support;

namespace Cases.CWE401_43_MemoryOwner;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE016|LIFE003|LIFE004 (or in BadSink)
    {
        IMemoryOwner<byte> data = null!;
        BadSource(ref data);
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    private static void BadSource(ref IMemoryOwner<byte> data)
    {
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        Io.PrintByte(data.Memory.Span[0]);
    }

    public static void GoodG2B()
    {
        IMemoryOwner<byte> data = null!;
        GoodG2BSource(ref data);
        Io.PrintLine("nothing to do");
    }

    private static void GoodG2BSource(ref IMemoryOwner<byte> data)
    {
        data = Io.StaticOwner;
        Io.PrintByte(data.Memory.Span[0]);
    }

    public static void GoodB2G()
    {
        IMemoryOwner<byte> data = null!;
        GoodB2GSource(ref data);
        data.Dispose();
    }

    private static void GoodB2GSource(ref IMemoryOwner<byte> data)
    {
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        Io.PrintByte(data.Memory.Span[0]);
    }
}
