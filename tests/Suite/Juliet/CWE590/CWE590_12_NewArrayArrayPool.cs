// weakness: CWE-590
// variant: 12
// construct: either branch, not to be foreseen
using System.Buffers;
using Suite.Support;

namespace Cases.CWE590_12_NewArrayArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        byte[] data = null!;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = new byte[100];
            data[0] = (byte)'A';
        }
        else
        {
            data = new byte[100];
            data[0] = (byte)'A';
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            ArrayPool<byte>.Shared.Return(data);
        }
        else
        {
            Io.PrintByte(data[0]);
        }
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
        }
        else
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            ArrayPool<byte>.Shared.Return(data);
        }
        else
        {
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = new byte[100];
            data[0] = (byte)'A';
        }
        else
        {
            data = new byte[100];
            data[0] = (byte)'A';
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            Io.PrintByte(data[0]);
        }
        else
        {
            Io.PrintByte(data[0]);
        }
    }
}
