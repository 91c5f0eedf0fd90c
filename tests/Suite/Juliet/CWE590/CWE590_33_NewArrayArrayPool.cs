// weakness: CWE-590
// variant: 33
// construct: ref local
using System.Buffers;
using Suite.Support;

namespace Cases.CWE590_33_NewArrayArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte[] data = null!;
        ref byte[] alias = ref data;
        data = new byte[100];
        data[0] = (byte)'A';
        ArrayPool<byte>.Shared.Return(alias);
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        ref byte[] alias = ref data;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        ArrayPool<byte>.Shared.Return(alias);
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        ref byte[] alias = ref data;
        data = new byte[100];
        data[0] = (byte)'A';
        Io.PrintByte(alias[0]);
    }
}
