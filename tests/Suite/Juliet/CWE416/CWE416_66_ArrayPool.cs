// weakness: CWE-416
// variant: 66
// construct: array element
using System.Buffers;
using Suite.Support;

namespace Cases.CWE416_66_ArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        byte[] data = null!;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        ArrayPool<byte>.Shared.Return(data);
        byte[][] array = new byte[5][];
        array[2] = data;
        BadSinks.BadSink(array);
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        byte[][] array = new byte[5][];
        array[2] = data;
        GoodG2BSinks.GoodG2BSink(array);
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        ArrayPool<byte>.Shared.Return(data);
        byte[][] array = new byte[5][];
        array[2] = data;
        GoodB2GSinks.GoodB2GSink(array);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(byte[][] array)
    {
        byte[] data = array[2];
        Io.PrintByte(data[0]);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(byte[][] array)
    {
        byte[] data = array[2];
        Io.PrintByte(data[0]);
        ArrayPool<byte>.Shared.Return(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(byte[][] array)
    {
        byte[] data = array[2];
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
