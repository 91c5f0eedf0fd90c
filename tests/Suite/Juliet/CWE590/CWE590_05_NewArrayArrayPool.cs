// weakness: CWE-590
// variant: 05
// construct: private static bool
using System.Buffers;
using Suite.Support;

namespace Cases.CWE590_05_NewArrayArrayPool;

internal static unsafe class Case
{
    private static bool s_yes = true;
    private static bool s_no = false;

    public static void Bad() // bad: LIFE009
    {
        byte[] data = null!;
        if (s_yes)
        {
            data = new byte[100];
            data[0] = (byte)'A';
        }
        if (s_yes)
        {
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        if (s_yes)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
        }
        if (s_yes)
        {
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte[] data = null!;
        if (s_no)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
        }
        if (s_yes)
        {
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        if (s_yes)
        {
            data = new byte[100];
            data[0] = (byte)'A';
        }
        if (s_yes)
        {
            Io.PrintByte(data[0]);
        }
    }

    public static void GoodB2GElse()
    {
        byte[] data = null!;
        if (s_yes)
        {
            data = new byte[100];
            data[0] = (byte)'A';
        }
        if (s_no)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintByte(data[0]);
        }
    }
}
