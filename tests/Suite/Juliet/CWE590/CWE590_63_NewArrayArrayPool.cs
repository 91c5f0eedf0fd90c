// weakness: CWE-590
// variant: 63
// construct: variable passed by reference
using System.Buffers;
using Suite.Support;

namespace Cases.CWE590_63_NewArrayArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte[] data = null!;
        data = new byte[100];
        data[0] = (byte)'A';
        BadSinks.BadSink(ref data);
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        GoodG2BSinks.GoodG2BSink(ref data);
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        data = new byte[100];
        data[0] = (byte)'A';
        GoodB2GSinks.GoodB2GSink(ref data);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(ref byte[] reference)
    {
        byte[] data = reference;
        ArrayPool<byte>.Shared.Return(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(ref byte[] reference)
    {
        byte[] data = reference;
        ArrayPool<byte>.Shared.Return(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(ref byte[] reference)
    {
        byte[] data = reference;
        Io.PrintByte(data[0]);
    }
}
