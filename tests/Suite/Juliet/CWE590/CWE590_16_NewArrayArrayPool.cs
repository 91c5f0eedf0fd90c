// weakness: CWE-590
// variant: 16
// construct: while (true) with break
using System.Buffers;
using Suite.Support;

namespace Cases.CWE590_16_NewArrayArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        byte[] data = null!;
        while (true)
        {
            data = new byte[100];
            data[0] = (byte)'A';
            break;
        }
        while (true)
        {
            ArrayPool<byte>.Shared.Return(data);
            break;
        }
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        while (true)
        {
            data = ArrayPool<byte>.Shared.Rent(100);
            data[0] = (byte)'A';
            break;
        }
        while (true)
        {
            ArrayPool<byte>.Shared.Return(data);
            break;
        }
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        while (true)
        {
            data = new byte[100];
            data[0] = (byte)'A';
            break;
        }
        while (true)
        {
            Io.PrintByte(data[0]);
            break;
        }
    }
}
