// weakness: CWE-590
// variant: 74
// construct: Dictionary
using System.Buffers;
using System.Collections.Generic;
using Suite.Support;

namespace Cases.CWE590_74_NewArrayArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte[] data = null!;
        data = new byte[100];
        data[0] = (byte)'A';
        var collection = new Dictionary<int, byte[]>();
        collection.Add(2, data);
        BadSinks.BadSink(collection);
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        var collection = new Dictionary<int, byte[]>();
        collection.Add(2, data);
        GoodG2BSinks.GoodG2BSink(collection);
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        data = new byte[100];
        data[0] = (byte)'A';
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
        ArrayPool<byte>.Shared.Return(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(Dictionary<int, byte[]> collection)
    {
        byte[] data = collection[2];
        ArrayPool<byte>.Shared.Return(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(Dictionary<int, byte[]> collection)
    {
        byte[] data = collection[2];
        Io.PrintByte(data[0]);
    }
}
