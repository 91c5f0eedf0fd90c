// weakness: CWE-416
// variant: 63
// construct: variable passed by reference
using System.Buffers;
using Suite.Support;

namespace Cases.CWE416_63_MemoryOwner;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        data.Dispose();
        BadSinks.BadSink(ref data);
    }

    public static void GoodG2B()
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        GoodG2BSinks.GoodG2BSink(ref data);
    }

    public static void GoodB2G()
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        data.Dispose();
        GoodB2GSinks.GoodB2GSink(ref data);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(ref IMemoryOwner<byte> reference)
    {
        IMemoryOwner<byte> data = reference;
        Io.PrintByte(data.Memory.Span[0]);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(ref IMemoryOwner<byte> reference)
    {
        IMemoryOwner<byte> data = reference;
        Io.PrintByte(data.Memory.Span[0]);
        data.Dispose();
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(ref IMemoryOwner<byte> reference)
    {
        IMemoryOwner<byte> data = reference;
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
