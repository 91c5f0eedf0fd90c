// weakness: CWE-772
// construct: structs that own, boxed or disposed of by 'using'; blocks that a function makes larger round by round
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Cases.RealCode.CorrectStructOwners;

/// <summary>A text in a rented buffer, or no buffer at all: the pool that it keeps says which.</summary>
internal struct PooledText : IDisposable
{
    private ArrayPool<byte>? _pool;

    private PooledText(ArrayPool<byte> pool, int length)
    {
        _pool = pool;
        Buffer = pool.Rent(length);
        Length = length;
    }

    private PooledText(int length)
        : this(ArrayPool<byte>.Shared, length)
    {
    }

    public byte[] Buffer { get; }

    public int Length { get; }

    public readonly ref byte GetPinnableReference() => ref Buffer.AsSpan().GetPinnableReference();

    public static PooledText From(string text)
    {
        PooledText made = new PooledText(Encoding.UTF8.GetByteCount(text) + 1);
        Encoding.UTF8.GetBytes(text, 0, text.Length, made.Buffer, 0);
        return made;
    }

    public void Dispose()
    {
        _pool?.Return(Buffer);
        _pool = null;
    }
}

/// <summary>Memory of a pool that clears what comes back, as an owner that costs no object of its own unless it is boxed.</summary>
internal readonly struct ClearedOwner<T> : IMemoryOwner<T>
{
    private readonly T[] _array;

    public ClearedOwner(int length)
    {
        _array = ArrayPool<T>.Shared.Rent(length);
        Memory = new Memory<T>(_array);
    }

    public Memory<T> Memory { get; }

    public void Dispose() => ArrayPool<T>.Shared.Return(_array, clearArray: true);
}

internal static class ClearedPool
{
    public static IMemoryOwner<T> Rent<T>(int length) => new ClearedOwner<T>(length);
}

internal static unsafe class StructOwners
{
    [DllImport("sink")]
    private static extern int sink_write(byte* text, int length);

    public static int Write(string text)
    {
        using (PooledText pooled = PooledText.From(text))
        fixed (byte* start = pooled)
        {
            return sink_write(start, pooled.Length);
        }
    }

    public static int WriteBoth(string first, string second)
    {
        using (PooledText one = PooledText.From(first))
        using (PooledText two = PooledText.From(second))
        {
            return one.Length + two.Length;
        }
    }

    public static int WriteAndForget(string text) // bad: LIFE003
    {
        PooledText pooled = PooledText.From(text);
        fixed (byte* start = pooled)
        {
            return sink_write(start, pooled.Length);
        }
    }

    public static int Sum(ReadOnlySpan<byte> data)
    {
        using IMemoryOwner<byte> copy = ClearedPool.Rent<byte>(data.Length);
        data.CopyTo(copy.Memory.Span);
        return copy.Memory.Span[0];
    }

    public static int SumOfBoxed(ReadOnlySpan<byte> data)
    {
        IMemoryOwner<byte> copy = new ClearedOwner<byte>(data.Length);
        try
        {
            data.CopyTo(copy.Memory.Span);
            return copy.Memory.Span[0];
        }
        finally
        {
            copy.Dispose();
        }
    }

    public static int SumAndForget(ReadOnlySpan<byte> data) // bad: LIFE003
    {
        IMemoryOwner<byte> copy = ClearedPool.Rent<byte>(data.Length);
        data.CopyTo(copy.Memory.Span);
        return copy.Memory.Span[0];
    }

    public static int SumTooLate(ReadOnlySpan<byte> data) // bad: LIFE007
    {
        IMemoryOwner<byte> copy = ClearedPool.Rent<byte>(data.Length);
        data.CopyTo(copy.Memory.Span);
        copy.Dispose();
        return copy.Memory.Span[0];
    }
}

/// <summary>The C library's <c>realloc</c>, as translated programs have it: what is null is allocated anew.</summary>
internal static unsafe class Growing
{
    private static void* Resize(void* block, long size)
    {
        if (block == null)
        {
            return Marshal.AllocHGlobal((nint)size).ToPointer();
        }

        return Marshal.ReAllocHGlobal((nint)block, (nint)size).ToPointer();
    }

    private static void* CopyOver(void* block, long size)
    {
        void* larger = Marshal.AllocHGlobal((nint)size).ToPointer();
        if (block == null)
        {
            return larger;
        }

        *(byte*)larger = *(byte*)block;
        Marshal.FreeHGlobal((nint)block);
        return larger;
    }

    private static void* CopyAndLose(void* block, long size)
    {
        void* larger = Marshal.AllocHGlobal((nint)size).ToPointer();
        if (block != null)
        {
            *(byte*)larger = *(byte*)block;
        }

        return larger;
    }

    public static byte Collect(ReadOnlySpan<int> sizes)
    {
        byte* data = null;
        foreach (int size in sizes)
        {
            if (size > 0)
            {
                byte* grown = (byte*)Resize(data, size);
                data = grown;
                *data = 1;
            }
        }

        byte first = data == null ? (byte)0 : *data;
        Marshal.FreeHGlobal((nint)data);
        return first;
    }

    public static byte CollectByCopies(ReadOnlySpan<int> sizes)
    {
        byte* data = null;
        for (int i = 0; i < sizes.Length; i++)
        {
            data = (byte*)CopyOver(data, sizes[i]);
            *data = 1;
        }

        byte first = data == null ? (byte)0 : *data;
        Marshal.FreeHGlobal((nint)data);
        return first;
    }

    public static byte CollectAndLose(ReadOnlySpan<int> sizes) // bad: LIFE004
    {
        byte* data = null;
        for (int i = 0; i < sizes.Length; i++)
        {
            data = (byte*)CopyAndLose(data, sizes[i]);
            *data = 1;
        }

        byte first = data == null ? (byte)0 : *data;
        Marshal.FreeHGlobal((nint)data);
        return first;
    }

    public static byte CollectAndForget(ReadOnlySpan<int> sizes) // bad: LIFE004|LIFE003
    {
        byte* data = null;
        for (int i = 0; i < sizes.Length; i++)
        {
            data = (byte*)Resize(data, sizes[i]);
            *data = 1;
        }

        return data == null ? (byte)0 : *data;
    }
}
