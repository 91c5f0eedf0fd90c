// weakness: CWE-416
// variant: 18
// construct: goto
using System.Buffers;
using Suite.Support;

namespace Cases.CWE416_18_ArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        byte[] data = null!;
        goto source;
        source:
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        ArrayPool<byte>.Shared.Return(data);
        goto sink;
        sink:
        Io.PrintByte(data[0]);
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        goto source;
        source:
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        goto sink;
        sink:
        Io.PrintByte(data[0]);
        ArrayPool<byte>.Shared.Return(data);
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        goto source;
        source:
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        ArrayPool<byte>.Shared.Return(data);
        goto sink;
        sink:
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
