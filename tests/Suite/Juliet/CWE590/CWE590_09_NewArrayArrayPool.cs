// weakness: CWE-590
// variant: 09
// construct: read-only field of another class
using System.Buffers;
using Suite.Support;

namespace Cases.CWE590_09_NewArrayArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        byte[] data = null!;
        if (Globals.ReadOnlyTrue)
        {
            data = new byte[100];
            data[0] = (byte)'A';
        }
        if (Globals.ReadOnlyTrue)
        {
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        if (Globals.ReadOnlyTrue)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
        }
        if (Globals.ReadOnlyTrue)
        {
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte[] data = null!;
        if (Globals.ReadOnlyFalse)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
        }
        if (Globals.ReadOnlyTrue)
        {
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        if (Globals.ReadOnlyTrue)
        {
            data = new byte[100];
            data[0] = (byte)'A';
        }
        if (Globals.ReadOnlyTrue)
        {
            Io.PrintByte(data[0]);
        }
    }

    public static void GoodB2GElse()
    {
        byte[] data = null!;
        if (Globals.ReadOnlyTrue)
        {
            data = new byte[100];
            data[0] = (byte)'A';
        }
        if (Globals.ReadOnlyFalse)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintByte(data[0]);
        }
    }
}
