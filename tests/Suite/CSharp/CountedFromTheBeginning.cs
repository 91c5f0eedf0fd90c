// weakness: CWE-401, CWE-416
// construct: counts that begin at one in an initializer, results that are one of several codes, conditions that loops leave alone, streams over memory, keys
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

namespace Cases.CountedFromTheBeginning;

internal enum Outcome
{
    Failed,
    Done,
    More,
}

internal sealed class Counted : IDisposable
{
    private int _holders = 1;
    private byte[]? _bytes = ArrayPool<byte>.Shared.Rent(16);

    public byte[] Get() => _bytes ?? throw new ObjectDisposedException(nameof(Counted));

    public void Share() => _holders++;

    public void Dispose()
    {
        if (--_holders == 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes!);
            _bytes = null;
        }
    }
}

internal sealed class CountedByAll : IDisposable
{
    private int _holders = 1;
    private byte[]? _bytes = ArrayPool<byte>.Shared.Rent(16);

    public byte[] Get() => _bytes ?? throw new ObjectDisposedException(nameof(CountedByAll));

    public CountedByAll Share()
    {
        Interlocked.Increment(ref _holders);
        return this;
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes!);
            _bytes = null;
        }
    }
}

internal static unsafe class CountedFromTheBeginning
{
    public static int OneOfTwo()
    {
        var counted = new Counted();
        counted.Share();
        counted.Dispose();
        var length = counted.Get().Length;
        counted.Dispose();
        return length;
    }

    public static int TheLast() // bad: LIFE007
    {
        var counted = new Counted();
        counted.Dispose();
        return counted.Get().Length;
    }

    public static int SharedByTwo()
    {
        var first = new CountedByAll();
        var second = first.Share();
        first.Dispose();
        var length = second.Get().Length;
        second.Dispose();
        return length;
    }

    public static int SharedAndGone() // bad: LIFE007
    {
        var first = new CountedByAll();
        var second = first.Share();
        first.Dispose();
        second.Dispose();
        return second.Get().Length;
    }

    public static int OneOfTheGoodCodes(int value)
    {
        var outcome = Read(value, out var block);
        if (outcome == Outcome.Failed)
        {
            return -1;
        }

        Marshal.FreeHGlobal(block);
        return 0;
    }

    public static int OnlyOneCode(int value) // bad: LIFE004
    {
        var outcome = Read(value, out var block);
        if (outcome != Outcome.Done)
        {
            return -1;
        }

        Marshal.FreeHGlobal(block);
        return 0;
    }

    public static int AskedBehindTheLoop(int n)
    {
        var bytes = n == 0 ? null : (byte*)NativeMemory.Alloc((nuint)n);
        var sum = 0;
        for (var i = 0; i < n; i++)
        {
            sum += i;
        }

        if (n != 0)
        {
            NativeMemory.Free(bytes);
        }

        return sum;
    }

    public static int AskedForMore(int n) // bad: LIFE004
    {
        var bytes = n == 0 ? null : (byte*)NativeMemory.Alloc((nuint)n);
        var sum = 0;
        for (var i = 0; i < n; i++)
        {
            sum += i;
        }

        if (n > 1)
        {
            NativeMemory.Free(bytes);
        }

        return sum;
    }

    public static int StreamDisposedOfLast(Stream source)
    {
        var rented = ArrayPool<byte>.Shared.Rent(1024);
        using var stream = new MemoryStream(rented);
        source.CopyTo(stream);
        var length = (int)stream.Position;
        ArrayPool<byte>.Shared.Return(rented);
        return length;
    }

    public static int StreamReadLast() // bad: LIFE007
    {
        var rented = ArrayPool<byte>.Shared.Rent(1024);
        using var stream = new MemoryStream(rented);
        ArrayPool<byte>.Shared.Return(rented);
        return stream.ReadByte();
    }

    public static void CopiedFrom(Stream target, int n)
    {
        var block = (byte*)NativeMemory.Alloc((nuint)n);
        using var stream = new UnmanagedMemoryStream(block, n);
        stream.CopyTo(target);
        NativeMemory.Free(block);
    }

    public static void KeyOfTheCaller(Dictionary<nint, object> table, object value)
    {
        var key = GCHandle.ToIntPtr(GCHandle.Alloc(value));
        table.Add(key, value);
    }

    private static Outcome Read(int value, out nint block)
    {
        block = 0;
        if (value < 0)
        {
            return Outcome.Failed;
        }

        block = Marshal.AllocHGlobal(4);
        return value > 127 ? Outcome.More : Outcome.Done;
    }
}
