// weakness: CWE-401
// variant: 05
// construct: private static bool
using System.Buffers;
using Suite.Support;

namespace Cases.CWE401_05_ArrayPool;

internal static unsafe class Case
{
    private static bool s_yes = true;
    private static bool s_no = false;

    public static void Bad() // bad: LIFE016|LIFE003|LIFE004
    {
        byte[] data = null!;
        if (s_yes)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        if (s_yes)
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        if (s_yes)
        {
            data = new byte[100];
            Io.PrintByte(data[0]);
        }
        if (s_yes)
        {
            Io.PrintLine("nothing to do");
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
            data = new byte[100];
            Io.PrintByte(data[0]);
        }
        if (s_yes)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        if (s_yes)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        if (s_yes)
        {
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    public static void GoodB2GElse()
    {
        byte[] data = null!;
        if (s_yes)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        if (s_no)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            ArrayPool<byte>.Shared.Return(data);
        }
    }
}
