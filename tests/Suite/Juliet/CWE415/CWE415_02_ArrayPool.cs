// weakness: CWE-415
// variant: 02
// construct: if (true)
using System.Buffers;
using Suite.Support;

namespace Cases.CWE415_02_ArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006
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
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
            ArrayPool<byte>.Shared.Return(data);
        }
        if (true)
        {
            // released already
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
            // released already
            Io.PrintLine("nothing to do");
        }
    }
}
