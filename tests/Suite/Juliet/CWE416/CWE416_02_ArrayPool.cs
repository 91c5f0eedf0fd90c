// weakness: CWE-416
// variant: 02
// construct: if (true)
using System.Buffers;
using Suite.Support;

namespace Cases.CWE416_02_ArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        byte[] data = null!;
        if (true)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
            ArrayPool<byte>.Shared.Return(data);
        }
        if (true)
        {
            Io.PrintByte(data[0]);
        }
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        if (true)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
        }
        if (true)
        {
            Io.PrintByte(data[0]);
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte[] data = null!;
        if (false)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
        }
        if (true)
        {
            Io.PrintByte(data[0]);
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        if (true)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
            ArrayPool<byte>.Shared.Return(data);
        }
        if (true)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        byte[] data = null!;
        if (true)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
            ArrayPool<byte>.Shared.Return(data);
        }
        if (false)
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
