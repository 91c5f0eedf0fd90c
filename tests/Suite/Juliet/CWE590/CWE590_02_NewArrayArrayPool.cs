// weakness: CWE-590
// variant: 02
// construct: if (true)
using System.Buffers;
using Suite.Support;

namespace Cases.CWE590_02_NewArrayArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        byte[] data = null!;
        if (true)
        {
            data = new byte[100];
            data[0] = (byte)'A';
        }
        if (true)
        {
            ArrayPool<byte>.Shared.Return(data);
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
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        if (true)
        {
            data = new byte[100];
            data[0] = (byte)'A';
        }
        if (true)
        {
            Io.PrintByte(data[0]);
        }
    }

    public static void GoodB2GElse()
    {
        byte[] data = null!;
        if (true)
        {
            data = new byte[100];
            data[0] = (byte)'A';
        }
        if (false)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintByte(data[0]);
        }
    }
}
