// weakness: CWE-590
// variant: 51
// construct: argument through 1 more classes
using System.Buffers;
using Suite.Support;

namespace Cases.CWE590_51_NewArrayArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte[] data = null!;
        data = new byte[100];
        data[0] = (byte)'A';
        BadStep1.BadSink(data);
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        GoodG2BStep1.GoodG2BSink(data);
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        data = new byte[100];
        data[0] = (byte)'A';
        GoodB2GStep1.GoodB2GSink(data);
    }
}

internal static unsafe class BadStep1
{
    public static void BadSink(byte[] data)
    {
        ArrayPool<byte>.Shared.Return(data);
    }
}

internal static unsafe class GoodG2BStep1
{
    public static void GoodG2BSink(byte[] data)
    {
        ArrayPool<byte>.Shared.Return(data);
    }
}

internal static unsafe class GoodB2GStep1
{
    public static void GoodB2GSink(byte[] data)
    {
        Io.PrintByte(data[0]);
    }
}
