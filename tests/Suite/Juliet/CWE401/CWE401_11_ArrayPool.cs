// weakness: CWE-401
// variant: 11
// construct: method of another class that returns a constant
using System.Buffers;
using Suite.Support;

namespace Cases.CWE401_11_ArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE016|LIFE003|LIFE004
    {
        byte[] data = null!;
        if (Globals.ReturnsTrue())
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        if (Globals.ReturnsTrue())
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        if (Globals.ReturnsTrue())
        {
            data = new byte[100];
            Io.PrintByte(data[0]);
        }
        if (Globals.ReturnsTrue())
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2BElse()
    {
        byte[] data = null!;
        if (Globals.ReturnsFalse())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = new byte[100];
            Io.PrintByte(data[0]);
        }
        if (Globals.ReturnsTrue())
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        if (Globals.ReturnsTrue())
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        if (Globals.ReturnsTrue())
        {
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    public static void GoodB2GElse()
    {
        byte[] data = null!;
        if (Globals.ReturnsTrue())
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        if (Globals.ReturnsFalse())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            ArrayPool<byte>.Shared.Return(data);
        }
    }
}
