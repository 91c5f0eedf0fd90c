// weakness: CWE-401
// variant: 18
// construct: goto
using System.Buffers;
using Suite.Support;

namespace Cases.CWE401_18_ArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE016|LIFE003|LIFE004
    {
        byte[] data = null!;
        goto source;
        source:
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        goto sink;
        sink:
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        goto source;
        source:
        data = new byte[100];
        Io.PrintByte(data[0]);
        goto sink;
        sink:
        Io.PrintLine("nothing to do");
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        goto source;
        source:
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        goto sink;
        sink:
        ArrayPool<byte>.Shared.Return(data);
    }
}
