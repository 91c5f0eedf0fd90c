// weakness: mixed
// construct: real bugs, own pools and builders
using System;
using System.Buffers;
using System.IO;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.RealCode.BugsThroughOwnPools;

internal static class Buffers
{
    public static byte[] Get(int size) => ArrayPool<byte>.Shared.Rent(size);

    public static void Put(byte[]? buffer)
    {
        if (buffer is null)
        {
            return;
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void Resize(ref byte[] buffer, int size)
    {
        byte[] bigger = Get(size);
        buffer.AsSpan().CopyTo(bigger);
        Put(buffer);
        buffer = bigger;
    }
}

internal static class Users
{
    public static int PairGood(Stream stream)
    {
        byte[] buffer = Buffers.Get(16);
        int read = stream.Read(buffer, 0, 16);
        Buffers.Put(buffer);
        return read;
    }

    public static int ForgottenBad(Stream stream) // bad: LIFE016|LIFE003|LIFE004
    {
        byte[] buffer = Buffers.Get(16);
        return stream.Read(buffer, 0, 16);
    }

    public static void TwiceBad(Stream stream) // bad: LIFE006
    {
        byte[] buffer = Buffers.Get(16);
        stream.Write(buffer, 0, 16);
        Buffers.Put(buffer);
        Buffers.Put(buffer);
    }

    public static void UsedAfterBad(Stream stream) // bad: LIFE007
    {
        byte[] buffer = Buffers.Get(16);
        Buffers.Put(buffer);
        stream.Write(buffer, 0, 16);
    }

    public static void OldUsedAfterResizeBad(Stream stream) // bad: LIFE007
    {
        byte[] buffer = Buffers.Get(16);
        byte[] old = buffer;
        Buffers.Resize(ref buffer, 32);
        stream.Write(old, 0, 16);
        Buffers.Put(buffer);
    }

    public static void ResizeGood(Stream stream)
    {
        byte[] buffer = Buffers.Get(16);
        Buffers.Resize(ref buffer, 32);
        stream.Write(buffer, 0, 32);
        Buffers.Put(buffer);
    }

    public static void OldReturnedAfterResizeBad() // bad: LIFE006
    {
        byte[] buffer = Buffers.Get(16);
        byte[] old = buffer;
        Buffers.Resize(ref buffer, 32);
        Buffers.Put(old);
        Buffers.Put(buffer);
    }
}

internal sealed class ForgetfulList<T> : IDisposable
{
    private T[] _items = ArrayPool<T>.Shared.Rent(4);
    private int _count;

    public int Count => _count;

    public void Add(T item) // bad: LIFE007
    {
        if (_count == _items.Length)
        {
            T[] bigger = ArrayPool<T>.Shared.Rent(_items.Length * 2);
            ArrayPool<T>.Shared.Return(_items);
            Array.Copy(_items, bigger, _count);
            _items = bigger;
        }

        _items[_count++] = item;
    }

    public void Dispose()
    {
        ArrayPool<T>.Shared.Return(_items);
        _items = Array.Empty<T>();
    }
}

internal sealed unsafe class LeakingTable : IDisposable
{
    private nint* _slots = (nint*)NativeMemory.AllocZeroed(16, (nuint)sizeof(nint));
    private byte* _names;

    public void Rename(int size) // bad: LIFE013|LIFE004|LIFE003
    {
        _names = (byte*)NativeMemory.Alloc((nuint)size);
        _names[0] = 0;
    }

    public void Dispose()
    {
        NativeMemory.Free(_slots);
        _slots = null;
        NativeMemory.Free(_names);
        _names = null;
    }
}

internal sealed unsafe class DisposeTwiceBad : IDisposable
{
    private byte* _block = (byte*)NativeMemory.Alloc(16);

    ~DisposeTwiceBad() => Cleanup();

    public void Dispose() // bad: LIFE006 (or in Cleanup, Close, Finalize)
    {
        Close();
        Cleanup();
        GC.SuppressFinalize(this);
    }

    private void Close() => NativeMemory.Free(_block);

    private void Cleanup() => NativeMemory.Free(_block);
}

internal static unsafe class Searching
{
    public static byte* FindBad(byte* text, nuint length, byte wanted) // bad: LIFE007|LIFE010
    {
        byte* copy = (byte*)NativeMemory.Alloc(length);
        NativeMemory.Copy(text, copy, length);
        byte* found = null;
        for (nuint i = 0; i < length; i++)
        {
            if (copy[i] == wanted)
            {
                found = copy + i;
                break;
            }
        }

        NativeMemory.Free(copy);
        return found;
    }

    public static byte* FindGood(byte* text, nuint length, byte wanted)
    {
        for (nuint i = 0; i < length; i++)
        {
            if (text[i] == wanted)
            {
                return text + i;
            }
        }

        return null;
    }

    public static int TokenizeBad(byte* text, nuint length) // bad: LIFE009
    {
        byte* copy = (byte*)NativeMemory.Alloc(length);
        NativeMemory.Copy(text, copy, length);
        int tokens = 0;
        for (nuint i = 0; i < length; i++)
        {
            if (*copy == (byte)' ')
            {
                tokens++;
            }

            copy++;
        }

        NativeMemory.Free(copy);
        return tokens;
    }
}
