// weakness: CWE-416
// variant: 31
// construct: copies
using System.Buffers;
using Suite.Support;

namespace Cases.CWE416_31_MemoryOwner;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        data.Dispose();
        IMemoryOwner<byte> copy = data;
        IMemoryOwner<byte> last = copy;
        Io.PrintByte(last.Memory.Span[0]);
    }

    public static void GoodG2B()
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        IMemoryOwner<byte> copy = data;
        IMemoryOwner<byte> last = copy;
        Io.PrintByte(last.Memory.Span[0]);
        last.Dispose();
    }

    public static void GoodB2G()
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        data.Dispose();
        IMemoryOwner<byte> copy = data;
        IMemoryOwner<byte> last = copy;
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
