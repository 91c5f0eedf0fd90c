// weakness: none
// construct: correct code, growing builders and pooled collections
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.RealCode.CorrectBuilders;

internal ref struct ValueStringBuilder
{
    private char[]? _rented;
    private Span<char> _chars;
    private int _position;

    public ValueStringBuilder(Span<char> initial)
    {
        _rented = null;
        _chars = initial;
        _position = 0;
    }

    public ValueStringBuilder(int capacity)
    {
        _rented = ArrayPool<char>.Shared.Rent(capacity);
        _chars = _rented;
        _position = 0;
    }

    public void Append(char value)
    {
        int position = _position;
        Span<char> chars = _chars;
        if ((uint)position < (uint)chars.Length)
        {
            chars[position] = value;
            _position = position + 1;
        }
        else
        {
            GrowAndAppend(value);
        }
    }

    public override string ToString()
    {
        string text = _chars[.._position].ToString();
        Dispose();
        return text;
    }

    public void Dispose()
    {
        char[]? rented = _rented;
        this = default;
        if (rented != null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowAndAppend(char value)
    {
        Grow(1);
        Append(value);
    }

    private void Grow(int additional)
    {
        char[] bigger = ArrayPool<char>.Shared.Rent((int)Math.Max((uint)(_position + additional), (uint)_chars.Length * 2));
        _chars[.._position].CopyTo(bigger);
        char[]? old = _rented;
        _chars = _rented = bigger;
        if (old != null)
        {
            ArrayPool<char>.Shared.Return(old);
        }
    }
}

internal static class BuilderUsers
{
    public static string WithStack(ReadOnlySpan<char> text)
    {
        var builder = new ValueStringBuilder(stackalloc char[64]);
        foreach (char one in text)
        {
            builder.Append(char.ToUpperInvariant(one));
        }

        return builder.ToString();
    }

    public static string WithRented(int capacity)
    {
        var builder = new ValueStringBuilder(capacity);
        builder.Append('a');
        return builder.ToString();
    }

    public static bool Disposed(ReadOnlySpan<char> text)
    {
        var builder = new ValueStringBuilder(256);
        try
        {
            builder.Append(text[0]);
            return text.Length > 1;
        }
        finally
        {
            builder.Dispose();
        }
    }
}

internal sealed class PooledList<T> : IDisposable
{
    private T[] _items = ArrayPool<T>.Shared.Rent(4);
    private int _count;

    public int Count => _count;

    public T this[int index]
    {
        get => _items[index];
        set => _items[index] = value;
    }

    public void Add(T item)
    {
        if (_count == _items.Length)
        {
            T[] bigger = ArrayPool<T>.Shared.Rent(_items.Length * 2);
            Array.Copy(_items, bigger, _count);
            ArrayPool<T>.Shared.Return(_items, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
            _items = bigger;
        }

        _items[_count++] = item;
    }

    public void Dispose()
    {
        if (_items.Length > 0)
        {
            ArrayPool<T>.Shared.Return(_items);
            _items = Array.Empty<T>();
            _count = 0;
        }
    }
}

internal sealed unsafe class UnmanagedList<T> : IDisposable
    where T : unmanaged
{
    private T* _items;
    private int _capacity;
    private int _count;

    public void Add(in T item)
    {
        if (_count == _capacity)
        {
            Resize(Math.Max(8, _capacity * 2));
        }

        _items[_count++] = item;
    }

    public void Resize(int capacity)
    {
        _items = (T*)NativeMemory.Realloc(_items, (nuint)capacity * (nuint)sizeof(T));
        _capacity = capacity;
    }

    public void Clear() => _count = 0;

    public void Dispose()
    {
        if (_items == null)
        {
            return;
        }

        NativeMemory.Free(_items);
        _items = null;
        _capacity = _count = 0;
    }
}

internal static unsafe class ThreadScratch
{
    [ThreadStatic]
    private static byte* t_block;

    [ThreadStatic]
    private static int t_size;

    public static Span<byte> Get(int size)
    {
        if (t_size < size)
        {
            NativeMemory.Free(t_block);
            t_block = (byte*)NativeMemory.Alloc((nuint)size);
            t_size = size;
        }

        return new Span<byte>(t_block, size);
    }
}

internal sealed unsafe class Slots : IDisposable
{
    private readonly nint[] _slots = new nint[16];
    private readonly Stack<int> _free = new();
    private int _used;

    public int Take(int size)
    {
        if (!_free.TryPop(out int index))
        {
            index = _used++;
        }

        _slots[index] = (nint)NativeMemory.Alloc((nuint)size);
        return index;
    }

    public void Give(int index)
    {
        NativeMemory.Free((void*)_slots[index]);
        _slots[index] = 0;
        _free.Push(index);
    }

    public void Dispose()
    {
        foreach (nint slot in _slots)
        {
            NativeMemory.Free((void*)slot);
        }

        Array.Clear(_slots);
    }
}

internal sealed unsafe class MaybeOwner : IDisposable
{
    private readonly byte* _bytes;
    private readonly bool _owns;

    public MaybeOwner(byte* bytes)
    {
        _bytes = bytes;
        _owns = false;
    }

    public MaybeOwner(int size)
    {
        _bytes = (byte*)NativeMemory.Alloc((nuint)size);
        _owns = true;
    }

    public byte First => *_bytes;

    public void Dispose()
    {
        if (_owns)
        {
            NativeMemory.Free(_bytes);
        }
    }
}

internal sealed unsafe class Lru : IDisposable
{
    private readonly Dictionary<string, nint> _entries = new();

    public nint Get(string key)
    {
        if (_entries.TryGetValue(key, out nint block))
        {
            return block;
        }

        if (_entries.Count > 100)
        {
            foreach ((string old, nint stale) in _entries)
            {
                _entries.Remove(old);
                NativeMemory.Free((void*)stale);
                break;
            }
        }

        block = (nint)NativeMemory.AllocZeroed(64);
        _entries[key] = block;
        return block;
    }

    public void Dispose()
    {
        foreach (KeyValuePair<string, nint> entry in _entries)
        {
            NativeMemory.Free((void*)entry.Value);
        }

        _entries.Clear();
    }
}
