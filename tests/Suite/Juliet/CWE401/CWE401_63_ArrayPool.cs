// weakness: CWE-401
// variant: 63
// construct: variable passed by reference
using System.Buffers;
using Suite.Support;

namespace Cases.CWE401_63_ArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE016|LIFE003|LIFE004 (or in BadSink)
    {
        byte[] data = null!;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        BadSinks.BadSink(ref data);
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        data = new byte[100];
        Io.PrintByte(data[0]);
        GoodG2BSinks.GoodG2BSink(ref data);
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        GoodB2GSinks.GoodB2GSink(ref data);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(ref byte[] reference)
    {
        byte[] data = reference;
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(ref byte[] reference)
    {
        byte[] data = reference;
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(ref byte[] reference)
    {
        byte[] data = reference;
        ArrayPool<byte>.Shared.Return(data);
    }
}
