// weakness: CWE-401
// variant: 13
// construct: constant of another class
using System.Buffers;
using Suite.Support;

namespace Cases.CWE401_13_MemoryOwner;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE016|LIFE003|LIFE004
    {
        IMemoryOwner<byte> data = null!;
        if (Globals.ConstFive == 5)
        {
            data = MemoryPool<byte>.Shared.Rent(100);
            data.Memory.Span[0] = (byte)'A';
            Io.PrintByte(data.Memory.Span[0]);
        }
        if (Globals.ConstFive == 5)
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        IMemoryOwner<byte> data = null!;
        if (Globals.ConstFive == 5)
        {
            data = Io.StaticOwner;
            Io.PrintByte(data.Memory.Span[0]);
        }
        if (Globals.ConstFive == 5)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2BElse()
    {
        IMemoryOwner<byte> data = null!;
        if (Globals.ConstFive != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Io.StaticOwner;
            Io.PrintByte(data.Memory.Span[0]);
        }
        if (Globals.ConstFive == 5)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        IMemoryOwner<byte> data = null!;
        if (Globals.ConstFive == 5)
        {
            data = MemoryPool<byte>.Shared.Rent(100);
            data.Memory.Span[0] = (byte)'A';
            Io.PrintByte(data.Memory.Span[0]);
        }
        if (Globals.ConstFive == 5)
        {
            data.Dispose();
        }
    }

    public static void GoodB2GElse()
    {
        IMemoryOwner<byte> data = null!;
        if (Globals.ConstFive == 5)
        {
            data = MemoryPool<byte>.Shared.Rent(100);
            data.Memory.Span[0] = (byte)'A';
            Io.PrintByte(data.Memory.Span[0]);
        }
        if (Globals.ConstFive != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data.Dispose();
        }
    }
}
