// weakness: CWE-415
// variant: 07
// construct: private static int
using System.Buffers;
using Suite.Support;

namespace Cases.CWE415_07_ArrayPool;

internal static unsafe class Case
{
    private static int s_five = 5;

    public static void Bad() // bad: LIFE006
    {
        byte[] data = null!;
        if (s_five == 5)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
            ArrayPool<byte>.Shared.Return(data);
        }
        if (s_five == 5)
        {
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        if (s_five == 5)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
        }
        if (s_five == 5)
        {
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte[] data = null!;
        if (s_five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
        }
        if (s_five == 5)
        {
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        if (s_five == 5)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
            ArrayPool<byte>.Shared.Return(data);
        }
        if (s_five == 5)
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        byte[] data = null!;
        if (s_five == 5)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
            ArrayPool<byte>.Shared.Return(data);
        }
        if (s_five != 5)
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
