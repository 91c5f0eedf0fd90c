// weakness: CWE-416
// variant: 73
// construct: LinkedList
using System.Buffers;
using System.Collections.Generic;
using Suite.Support;

namespace Cases.CWE416_73_MemoryOwner;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        data.Dispose();
        var collection = new LinkedList<IMemoryOwner<byte>>();
        collection.AddLast(data);
        BadSinks.BadSink(collection);
    }

    public static void GoodG2B()
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        var collection = new LinkedList<IMemoryOwner<byte>>();
        collection.AddLast(data);
        GoodG2BSinks.GoodG2BSink(collection);
    }

    public static void GoodB2G()
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        data.Dispose();
        var collection = new LinkedList<IMemoryOwner<byte>>();
        collection.AddLast(data);
        GoodB2GSinks.GoodB2GSink(collection);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(LinkedList<IMemoryOwner<byte>> collection)
    {
        IMemoryOwner<byte> data = collection.Last!.Value;
        Io.PrintByte(data.Memory.Span[0]);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(LinkedList<IMemoryOwner<byte>> collection)
    {
        IMemoryOwner<byte> data = collection.Last!.Value;
        Io.PrintByte(data.Memory.Span[0]);
        data.Dispose();
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(LinkedList<IMemoryOwner<byte>> collection)
    {
        IMemoryOwner<byte> data = collection.Last!.Value;
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
