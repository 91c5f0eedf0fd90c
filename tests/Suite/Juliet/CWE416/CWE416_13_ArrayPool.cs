// weakness: CWE-416
// variant: 13
// construct: constant of another class
using System.Buffers;
using Suite.Support;

namespace Cases.CWE416_13_ArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        byte[] data = null!;
        if (Globals.ConstFive == 5)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
            ArrayPool<byte>.Shared.Return(data);
        }
        if (Globals.ConstFive == 5)
        {
            Io.PrintByte(data[0]);
        }
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        if (Globals.ConstFive == 5)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
        }
        if (Globals.ConstFive == 5)
        {
            Io.PrintByte(data[0]);
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte[] data = null!;
        if (Globals.ConstFive != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
        }
        if (Globals.ConstFive == 5)
        {
            Io.PrintByte(data[0]);
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        if (Globals.ConstFive == 5)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
            ArrayPool<byte>.Shared.Return(data);
        }
        if (Globals.ConstFive == 5)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        byte[] data = null!;
        if (Globals.ConstFive == 5)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
            ArrayPool<byte>.Shared.Return(data);
        }
        if (Globals.ConstFive != 5)
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
