// weakness: CWE-401
// variant: 06
// construct: private const int
using System.Buffers;
using Suite.Support;

namespace Cases.CWE401_06_MemoryOwner;

internal static unsafe class Case
{
    private const int Five = 5;

    public static void Bad() // bad: LIFE016|LIFE003|LIFE004
    {
        IMemoryOwner<byte> data = null!;
        if (Five == 5)
        {
            data = MemoryPool<byte>.Shared.Rent(100);
            data.Memory.Span[0] = (byte)'A';
            Io.PrintByte(data.Memory.Span[0]);
        }
        if (Five == 5)
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        IMemoryOwner<byte> data = null!;
        if (Five == 5)
        {
            data = Io.StaticOwner;
            Io.PrintByte(data.Memory.Span[0]);
        }
        if (Five == 5)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2BElse()
    {
        IMemoryOwner<byte> data = null!;
        if (Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Io.StaticOwner;
            Io.PrintByte(data.Memory.Span[0]);
        }
        if (Five == 5)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        IMemoryOwner<byte> data = null!;
        if (Five == 5)
        {
            data = MemoryPool<byte>.Shared.Rent(100);
            data.Memory.Span[0] = (byte)'A';
            Io.PrintByte(data.Memory.Span[0]);
        }
        if (Five == 5)
        {
            data.Dispose();
        }
    }

    public static void GoodB2GElse()
    {
        IMemoryOwner<byte> data = null!;
        if (Five == 5)
        {
            data = MemoryPool<byte>.Shared.Rent(100);
            data.Memory.Span[0] = (byte)'A';
            Io.PrintByte(data.Memory.Span[0]);
        }
        if (Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data.Dispose();
        }
    }
}
