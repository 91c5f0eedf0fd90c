// weakness: CWE-416
// variant: 15
// construct: switch (6)
using System.Buffers;
using Suite.Support;

namespace Cases.CWE416_15_MemoryOwner;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        IMemoryOwner<byte> data = null!;
        switch (6)
        {
            case 6:
                data = MemoryPool<byte>.Shared.Rent(100);
                data.Memory.Span[0] = (byte)'A';
                data.Dispose();
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                Io.PrintByte(data.Memory.Span[0]);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodG2B()
    {
        IMemoryOwner<byte> data = null!;
        switch (6)
        {
            case 6:
                data = MemoryPool<byte>.Shared.Rent(100);
                data.Memory.Span[0] = (byte)'A';
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                Io.PrintByte(data.Memory.Span[0]);
                data.Dispose();
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodG2BElse()
    {
        IMemoryOwner<byte> data = null!;
        switch (5)
        {
            case 6:
                Io.PrintLine("nothing to do");
                break;
            default:
                data = MemoryPool<byte>.Shared.Rent(100);
                data.Memory.Span[0] = (byte)'A';
                break;
        }
        switch (6)
        {
            case 6:
                Io.PrintByte(data.Memory.Span[0]);
                data.Dispose();
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodB2G()
    {
        IMemoryOwner<byte> data = null!;
        switch (6)
        {
            case 6:
                data = MemoryPool<byte>.Shared.Rent(100);
                data.Memory.Span[0] = (byte)'A';
                data.Dispose();
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                // not used any more
                Io.PrintLine("nothing to do");
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodB2GElse()
    {
        IMemoryOwner<byte> data = null!;
        switch (6)
        {
            case 6:
                data = MemoryPool<byte>.Shared.Rent(100);
                data.Memory.Span[0] = (byte)'A';
                data.Dispose();
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (5)
        {
            case 6:
                Io.PrintLine("nothing to do");
                break;
            default:
                // not used any more
                Io.PrintLine("nothing to do");
                break;
        }
    }
}
