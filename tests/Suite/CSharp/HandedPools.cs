// weakness: CWE-401 CWE-762
// construct: buffers that grow, pools that an object is handed, numbers that a call gives by an address, imports that belong together by a helper

using System;
using System.Buffers;
using System.Runtime.InteropServices;

namespace Suite.HandedPools;

public static unsafe class Numbers
{
    private static bool Header(ReadOnlySpan<byte> data, int* width, int* height)
    {
        *width = data[0];
        *height = data[1];
        return *width > 0 && *height > 0;
    }

    private static void Fill(int* numbers, int count)
    {
        for (int i = 0; i < count; i++)
        {
            numbers[i] = i;
        }
    }

    private static int Look(int* number) => *number + 1;

    public static bool DecodeBad(ReadOnlySpan<byte> data, byte* target) // bad: LIFE004
    {
        int width, height;
        if (!Header(data, &width, &height))
        {
            return false;
        }

        byte* line = (byte*)NativeMemory.Alloc(64);
        for (int n = 0; n < width * height;)
        {
            if (n + 2 > data.Length)
            {
                return false;
            }

            target[n] = line[n & 63];
            n += 2;
        }

        NativeMemory.Free(line);
        return true;
    }

    public static bool Decode(ReadOnlySpan<byte> data, byte* target)
    {
        int width, height;
        if (!Header(data, &width, &height))
        {
            return false;
        }

        byte* line = (byte*)NativeMemory.Alloc(64);
        try
        {
            for (int n = 0; n < width * height;)
            {
                if (n + 2 > data.Length)
                {
                    return false;
                }

                target[n] = line[n & 63];
                n += 2;
            }

            return true;
        }
        finally
        {
            NativeMemory.Free(line);
        }
    }

    public static void CountBad() // bad: LIFE004
    {
        int number = 0;
        Fill(&number, 1);
        void* block = NativeMemory.Alloc(16);
        if (number > 0)
        {
            return;
        }

        NativeMemory.Free(block);
    }

    public static int AskedOnly()
    {
        int number = 0;
        int next = Look(&number);
        void* block = null;
        if (number != 0)
        {
            block = NativeMemory.Alloc(16);
        }

        if (number != 0)
        {
            NativeMemory.Free(block);
        }

        return next;
    }

    public static void GivenOnSuccess(ReadOnlySpan<byte> data)
    {
        int width = 0, height = 0;
        void* block = Header(data, &width, &height) ? NativeMemory.Alloc(16) : null;
        if (width > 0 && height > 0)
        {
            Fill((int*)block, 1);
        }

        NativeMemory.Free(block);
    }
}

public sealed class GrowingList<T> : IDisposable
{
    private T[] _items = ArrayPool<T>.Shared.Rent(16);
    private int _count;

    public Span<T> Written => _items.AsSpan(0, _count);

    public void EnsureBad(int capacity) // bad: LIFE013
    {
        if (_items.Length < capacity)
        {
            T[] next = ArrayPool<T>.Shared.Rent(capacity);
            Array.Copy(_items, next, _count);
            _items = next;
        }
    }

    public void EnsureCapacity(int capacity)
    {
        if (_items.Length < capacity)
        {
            T[] next = ArrayPool<T>.Shared.Rent(capacity);
            Written.CopyTo(next);
            ArrayPool<T>.Shared.Return(_items);
            _items = next;
        }
    }

    public void EnsureKept(int capacity)
    {
        if (_items.Length < capacity)
        {
            T[] old = _items;
            _items = ArrayPool<T>.Shared.Rent(capacity);
            Array.Copy(old, _items, _count);
            ArrayPool<T>.Shared.Return(old);
        }
    }

    public void Dispose() => ArrayPool<T>.Shared.Return(_items);
}

public sealed class GivenPool
{
    private readonly ArrayPool<byte> _pool;

    public GivenPool(ArrayPool<byte> pool) => _pool = pool;

    private byte[] RentChunk() => _pool.Rent(512);

    public int SumBad(ReadOnlySpan<byte> data) // bad: LIFE008
    {
        byte[] chunk = _pool.Rent(data.Length);
        data.CopyTo(chunk);
        int sum = chunk[0];
        ArrayPool<byte>.Shared.Return(chunk);
        return sum;
    }

    public int HelperBad(ReadOnlySpan<byte> data) // bad: LIFE008
    {
        byte[] chunk = RentChunk();
        data.CopyTo(chunk);
        int sum = chunk[0];
        ArrayPool<byte>.Shared.Return(chunk);
        return sum;
    }

    public int Sum(ReadOnlySpan<byte> data)
    {
        byte[] chunk = RentChunk();
        data.CopyTo(chunk);
        int sum = chunk[0];
        _pool.Return(chunk);
        return sum;
    }
}

/// <summary>Two pools that one object was handed are two.</summary>
public sealed class TwoPools
{
    private readonly ArrayPool<byte> _small;
    private readonly ArrayPool<byte> _large;

    public TwoPools(ArrayPool<byte> small, ArrayPool<byte> large)
    {
        _small = small;
        _large = large;
    }

    public int SumBad(ReadOnlySpan<byte> data) // bad: LIFE008
    {
        byte[] chunk = _small.Rent(data.Length);
        data.CopyTo(chunk);
        int sum = chunk[0];
        _large.Return(chunk);
        return sum;
    }
}

/// <summary>The pool is the shared one unless somebody says otherwise.</summary>
public sealed class MaybeShared
{
    private readonly ArrayPool<byte> _pool;

    public MaybeShared(ArrayPool<byte>? pool = null) => _pool = pool ?? ArrayPool<byte>.Shared;

    public int Sum(ReadOnlySpan<byte> data)
    {
        byte[] chunk = _pool.Rent(data.Length);
        data.CopyTo(chunk);
        int sum = chunk[0];
        ArrayPool<byte>.Shared.Return(chunk);
        return sum;
    }
}

public sealed class OwnBuckets : IDisposable
{
    private readonly ArrayPool<long> _pool;
    private long[] _buckets;

    public OwnBuckets(ArrayPool<long> pool)
    {
        _pool = pool;
        _buckets = pool.Rent(16);
    }

    public void Dispose() // bad: LIFE008
    {
        long[] buckets = _buckets;
        _buckets = Array.Empty<long>();
        if (buckets.Length > 0)
        {
            ArrayPool<long>.Shared.Return(buckets);
        }
    }
}

public sealed class SameBuckets : IDisposable
{
    private readonly ArrayPool<long> _pool;
    private long[] _buckets;

    public SameBuckets(ArrayPool<long> pool)
    {
        _pool = pool;
        _buckets = pool.Rent(16);
    }

    public void Dispose()
    {
        long[] buckets = _buckets;
        _buckets = Array.Empty<long>();
        if (buckets.Length > 0)
        {
            _pool.Return(buckets);
        }
    }
}

public sealed class TwoBuffers : IDisposable
{
    private char[]? _line = ArrayPool<char>.Shared.Rent(64);
    private byte[]? _encoded = ArrayPool<byte>.Shared.Rent(64);

    public void Dispose() // bad: LIFE013
    {
        if (_line != null)
        {
            ArrayPool<char>.Shared.Return(_line);
        }

        _line = null;
        _encoded = null;
    }
}

/// <summary>What its caller has taken out may be still in use: the other one is cleared and no more.</summary>
public sealed class TakenBuffer : IDisposable
{
    private char[]? _line = ArrayPool<char>.Shared.Rent(64);
    private byte[]? _encoded = ArrayPool<byte>.Shared.Rent(64);

    public byte[]? Take()
    {
        byte[]? encoded = _encoded;
        _encoded = null;
        return encoded;
    }

    public void Dispose()
    {
        if (_line != null)
        {
            ArrayPool<char>.Shared.Return(_line);
        }

        _line = null;
        _encoded = null;
    }
}

internal static class Broker
{
    [DllImport("brk")]
    public static extern IntPtr brk_poll(IntPtr subscription, int timeout);

    [DllImport("brk")]
    public static extern int brk_msg_is_error(IntPtr message);

    [DllImport("brk")]
    public static extern void brk_msg_free(IntPtr message);

    [DllImport("brk")]
    public static extern IntPtr brk_topic(IntPtr subscription);
}

public static class Polling
{
    private static void Done(IntPtr message) => Broker.brk_msg_free(message);

    public static int PollBad(IntPtr subscription, int count) // bad: LIFE004
    {
        int good = 0;
        for (int i = 0; i < count; i++)
        {
            IntPtr message = Broker.brk_poll(subscription, 10);
            if (message == IntPtr.Zero)
            {
                break;
            }

            if (Broker.brk_msg_is_error(message) != 0)
            {
                continue;
            }

            good++;
            Done(message);
        }

        return good;
    }

    public static int Poll(IntPtr subscription)
    {
        IntPtr message = Broker.brk_poll(subscription, 10);
        if (message == IntPtr.Zero)
        {
            return 0;
        }

        int error = Broker.brk_msg_is_error(message);
        Done(message);
        return error;
    }

    public static bool HasTopic(IntPtr subscription) => Broker.brk_topic(subscription) != IntPtr.Zero;

    /// <summary>Twice is a mistake, and no sign that the two do not belong together.</summary>
    public static void TwiceBad(IntPtr subscription) // bad: LIFE006
    {
        IntPtr message = Broker.brk_poll(subscription, 10);
        if (Broker.brk_msg_is_error(message) != 0)
        {
            Broker.brk_msg_free(message);
        }

        Broker.brk_msg_free(message);
    }
}
