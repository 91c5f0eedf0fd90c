// weakness: CWE-416
// variant: 10
// construct: static field of another class
using System.Buffers;
using Suite.Support;

namespace Cases.CWE416_10_MemoryOwner;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        IMemoryOwner<byte> data = null!;
        if (Globals.True)
        {
            data = MemoryPool<byte>.Shared.Rent(100);
            data.Memory.Span[0] = (byte)'A';
            data.Dispose();
        }
        if (Globals.True)
        {
            Io.PrintByte(data.Memory.Span[0]);
        }
    }

    public static void GoodG2B()
    {
        IMemoryOwner<byte> data = null!;
        if (Globals.True)
        {
            data = MemoryPool<byte>.Shared.Rent(100);
            data.Memory.Span[0] = (byte)'A';
        }
        if (Globals.True)
        {
            Io.PrintByte(data.Memory.Span[0]);
            data.Dispose();
        }
    }

    public static void GoodG2BElse()
    {
        IMemoryOwner<byte> data = null!;
        if (Globals.False)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = MemoryPool<byte>.Shared.Rent(100);
            data.Memory.Span[0] = (byte)'A';
        }
        if (Globals.True)
        {
            Io.PrintByte(data.Memory.Span[0]);
            data.Dispose();
        }
    }

    public static void GoodB2G()
    {
        IMemoryOwner<byte> data = null!;
        if (Globals.True)
        {
            data = MemoryPool<byte>.Shared.Rent(100);
            data.Memory.Span[0] = (byte)'A';
            data.Dispose();
        }
        if (Globals.True)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        IMemoryOwner<byte> data = null!;
        if (Globals.True)
        {
            data = MemoryPool<byte>.Shared.Rent(100);
            data.Memory.Span[0] = (byte)'A';
            data.Dispose();
        }
        if (Globals.False)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }
}
