// weakness: mixed
// construct: null-conditional and coalescing
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.NullConditional;

internal static unsafe class Nulls
{
    public static void DisposeIfThereGood(int size)
    {
        IMemoryOwner<byte>? owner = size > 0 ? MemoryPool<byte>.Shared.Rent(size) : null;
        Io.PrintInt(size);
        owner?.Dispose();
    }

    public static void DisposeIfThereBad(int size) // bad: LIFE016|LIFE004|LIFE003
    {
        IMemoryOwner<byte>? owner = size > 0 ? MemoryPool<byte>.Shared.Rent(size) : null;
        Io.PrintInt(owner?.Memory.Length ?? 0);
        if (size > 10)
        {
            owner?.Dispose();
        }
    }

    public static void CoalesceAssignedGood(byte[]? given)
    {
        byte[]? rented = null;
        byte[] bytes = given ?? (rented = ArrayPool<byte>.Shared.Rent(16));
        Io.PrintInt(bytes.Length);
        if (rented != null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static void CoalesceAssignedReturnsWhatItDidNotRentBad() // bad: LIFE009|LIFE008
    {
        byte[] given = new byte[16];
        byte[]? nothing = null;
        byte[] bytes = nothing ?? given;
        ArrayPool<byte>.Shared.Return(bytes);
    }

    public static void LazyGood(int count)
    {
        IMemoryOwner<byte>? owner = null;
        for (int i = 0; i < count; i++)
        {
            owner ??= MemoryPool<byte>.Shared.Rent(64);
            owner.Memory.Span[0] = (byte)i;
        }

        owner?.Dispose();
    }

    public static void NulledByCalleeGood(int size)
    {
        IMemoryOwner<byte>? owner = MemoryPool<byte>.Shared.Rent(size);
        try
        {
            Hand(ref owner);
        }
        finally
        {
            owner?.Dispose();
        }
    }

    public static void NullableHandleGood(object? target)
    {
        GCHandle? handle = target is null ? null : GCHandle.Alloc(target);
        Io.PrintLine("between");
        handle?.Free();
    }

    public static void NullableHandleBad(object? target) // bad: LIFE003|LIFE004
    {
        GCHandle? handle = target is null ? null : GCHandle.Alloc(target);
        Io.PrintLine(handle.HasValue ? "some" : "none");
    }

    public static int UsedAfterConditionalDisposeBad(int size) // bad: LIFE007
    {
        IMemoryOwner<byte>? owner = MemoryPool<byte>.Shared.Rent(size);
        owner?.Dispose();
        return owner!.Memory.Length;
    }

    public static int ChainOfQuestionMarksGood(Link? link, nuint size)
    {
        var p = (byte*)NativeMemory.AllocZeroed(size);
        try
        {
            var last = link?.Next()?.Next()?.Bytes();
            var deep = link?.Next()?.Before?.Next()?[0]?.Bytes()?.Length ?? 0;
            return (last?.Length ?? 0) + deep + p[0];
        }
        finally
        {
            NativeMemory.Free(p);
        }
    }

    public static int ChainOfQuestionMarksBad(Link? link, nuint size) // bad: LIFE003
    {
        var p = (byte*)NativeMemory.AllocZeroed(size);
        var deep = link?.Next()?.Before?.Next()?[0]?.Bytes()?.Length ?? 0;
        return deep + p[0];
    }

    private static void Hand(ref IMemoryOwner<byte>? owner)
    {
        owner?.Dispose();
        owner = null;
    }
}

internal sealed class Link
{
    public Link? Before { get; set; }

    public Link? this[int distance] => distance == 0 ? this : Before?[distance - 1];

    public Link? Next() => Before;

    public byte[]? Bytes() => null;
}
