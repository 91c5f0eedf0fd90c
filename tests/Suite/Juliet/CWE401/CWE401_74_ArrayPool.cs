// weakness: CWE-401
// variant: 74
// construct: Dictionary
using System.Buffers;
using System.Collections.Generic;
using Suite.Support;

namespace Cases.CWE401_74_ArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE016|LIFE003|LIFE004 (or in BadSink)
    {
        byte[] data = null!;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        var collection = new Dictionary<int, byte[]>();
        collection.Add(2, data);
        BadSinks.BadSink(collection);
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        data = new byte[100];
        Io.PrintByte(data[0]);
        var collection = new Dictionary<int, byte[]>();
        collection.Add(2, data);
        GoodG2BSinks.GoodG2BSink(collection);
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        var collection = new Dictionary<int, byte[]>();
        collection.Add(2, data);
        GoodB2GSinks.GoodB2GSink(collection);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(Dictionary<int, byte[]> collection)
    {
        byte[] data = collection[2];
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(Dictionary<int, byte[]> collection)
    {
        byte[] data = collection[2];
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(Dictionary<int, byte[]> collection)
    {
        byte[] data = collection[2];
        ArrayPool<byte>.Shared.Return(data);
    }
}
