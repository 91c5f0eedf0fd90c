// weakness: CWE-416
// variant: 04
// construct: private const bool
using System.Buffers;
using Suite.Support;

namespace Cases.CWE416_04_MemoryOwner;

internal static unsafe class Case
{
    private const bool Yes = true;
    private const bool No = false;

    public static void Bad() // bad: LIFE007
    {
        IMemoryOwner<byte> data = null!;
        if (Yes)
        {
            data = MemoryPool<byte>.Shared.Rent(100);
            data.Memory.Span[0] = (byte)'A';
            data.Dispose();
        }
        if (Yes)
        {
            Io.PrintByte(data.Memory.Span[0]);
        }
    }

    public static void GoodG2B()
    {
        IMemoryOwner<byte> data = null!;
        if (Yes)
        {
            data = MemoryPool<byte>.Shared.Rent(100);
            data.Memory.Span[0] = (byte)'A';
        }
        if (Yes)
        {
            Io.PrintByte(data.Memory.Span[0]);
            data.Dispose();
        }
    }

    public static void GoodG2BElse()
    {
        IMemoryOwner<byte> data = null!;
        if (No)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = MemoryPool<byte>.Shared.Rent(100);
            data.Memory.Span[0] = (byte)'A';
        }
        if (Yes)
        {
            Io.PrintByte(data.Memory.Span[0]);
            data.Dispose();
        }
    }

    public static void GoodB2G()
    {
        IMemoryOwner<byte> data = null!;
        if (Yes)
        {
            data = MemoryPool<byte>.Shared.Rent(100);
            data.Memory.Span[0] = (byte)'A';
            data.Dispose();
        }
        if (Yes)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        IMemoryOwner<byte> data = null!;
        if (Yes)
        {
            data = MemoryPool<byte>.Shared.Rent(100);
            data.Memory.Span[0] = (byte)'A';
            data.Dispose();
        }
        if (No)
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
