// weakness: CWE-590
// variant: 43
// construct: ref parameter that a callee fills
using System.Buffers;
using Suite.Support;

namespace Cases.CWE590_43_NewArrayArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte[] data = null!;
        BadSource(ref data);
        ArrayPool<byte>.Shared.Return(data);
    }

    private static void BadSource(ref byte[] data)
    {
        data = new byte[100];
        data[0] = (byte)'A';
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        GoodG2BSource(ref data);
        ArrayPool<byte>.Shared.Return(data);
    }

    private static void GoodG2BSource(ref byte[] data)
    {
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        GoodB2GSource(ref data);
        Io.PrintByte(data[0]);
    }

    private static void GoodB2GSource(ref byte[] data)
    {
        data = new byte[100];
        data[0] = (byte)'A';
    }
}
