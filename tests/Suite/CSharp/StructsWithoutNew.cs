// weakness: CWE-401
// construct: structs that are declared and not made
using System;
using System.Runtime.InteropServices;

namespace Cases.StructsWithoutNew;

internal unsafe struct Bytes
{
    public int Count;
    private byte* _start;
    private int _capacity;

    public void Add(byte value)
    {
        if (Count == _capacity)
        {
            Grow();
        }

        _start[Count++] = value;
    }

    public void Free()
    {
        NativeMemory.Free(_start);
        this = default;
    }

    private void Grow()
    {
        _capacity = _capacity == 0 ? 16 : _capacity * 2;
        _start = (byte*)NativeMemory.Realloc(_start, (nuint)_capacity);
    }
}

internal static class StructsWithoutNew
{
    public static int DefaultBad() // bad: LIFE003
    {
        Bytes bytes = default;
        bytes.Add(1);
        return bytes.Count;
    }

    public static int TypedDefaultBad(string text) // bad: LIFE003
    {
        var bytes = default(Bytes);
        foreach (char c in text)
        {
            bytes.Add((byte)c);
        }

        return bytes.Count;
    }

    public static int EarlyBad(string text) // bad: LIFE004
    {
        Bytes bytes = default;
        foreach (char c in text)
        {
            if (c > 127)
            {
                return -1;
            }

            bytes.Add((byte)c);
        }

        int count = bytes.Count;
        bytes.Free();
        return count;
    }

    public static int DefaultGood(string text)
    {
        Bytes bytes = default;
        foreach (char c in text)
        {
            bytes.Add((byte)c);
        }

        int count = bytes.Count;
        bytes.Free();
        return count;
    }

    public static int NothingAddedGood()
    {
        Bytes bytes = default;
        return bytes.Count;
    }

    public static Bytes HandedOutGood(string text)
    {
        Bytes bytes = default;
        foreach (char c in text)
        {
            bytes.Add((byte)c);
        }

        return bytes;
    }

    public static void FilledForTheCallerGood(ref Bytes bytes, string text)
    {
        foreach (char c in text)
        {
            bytes.Add((byte)c);
        }
    }
}

internal unsafe struct Addresses : IDisposable
{
    private nint* _items;
    private int _count;

    public void Add(nint item)
    {
        if (_items == null)
        {
            _items = (nint*)NativeMemory.Alloc(100);
        }

        _items[_count++] = item;
    }

    public readonly Span<nint> AsSpan() => new(_items, _count);

    public void Dispose()
    {
        NativeMemory.Free(_items);
        this = default;
    }
}

internal sealed class AddressesGood : IDisposable
{
    private Addresses _addresses;

    public void Add(string text) => _addresses.Add(Marshal.StringToCoTaskMemUTF8(text));

    public void Dispose()
    {
        foreach (nint address in _addresses.AsSpan())
        {
            Marshal.FreeCoTaskMem(address);
        }

        _addresses.Dispose();
    }
}
