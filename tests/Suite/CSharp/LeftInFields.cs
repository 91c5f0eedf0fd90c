// weakness: CWE-416
// construct: fields, static fields and elements of the caller's array that hold what the member has released
using System;
using System.Buffers;
using System.IO;
using System.Runtime.InteropServices;

namespace Cases.LeftInFields;

internal sealed class Windows
{
    private readonly Stream _source;
    private byte[]? _held;
    private Memory<byte> _window;
    private Memory<byte> _current;
    private nint _raw;

    public Windows(Stream source) => _source = source;

    public int Peek() => (_held is null ? 0 : _held[0]) + _window.Length + _current.Length + (int)_raw;

    public void HoldBad(int size) // bad: LIFE007
    {
        var block = ArrayPool<byte>.Shared.Rent(size);
        _source.ReadExactly(block, 0, size);
        _held = block;
        ArrayPool<byte>.Shared.Return(block);
    }

    public void HoldCopyGood(int size)
    {
        var block = ArrayPool<byte>.Shared.Rent(size);
        _source.ReadExactly(block, 0, size);
        _held = block[..size];
        ArrayPool<byte>.Shared.Return(block);
    }

    public void HoldWhereNoneIsBad(int size) // bad: LIFE007
    {
        var block = ArrayPool<byte>.Shared.Rent(size);
        if (_held == null)
        {
            _held = block;
        }

        ArrayPool<byte>.Shared.Return(block);
    }

    public void HoldOrReturnGood(int size)
    {
        var block = ArrayPool<byte>.Shared.Rent(size);
        if (_held == null)
        {
            _held = block;
        }
        else
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    public bool LoadBad(int size) // bad: LIFE007
    {
        var block = ArrayPool<byte>.Shared.Rent(size);
        _held = block;
        if (_source.Read(block, 0, size) != size)
        {
            ArrayPool<byte>.Shared.Return(block);
            return false;
        }

        return true;
    }

    public bool LoadGood(int size)
    {
        var block = ArrayPool<byte>.Shared.Rent(size);
        if (_source.Read(block, 0, size) != size)
        {
            ArrayPool<byte>.Shared.Return(block);
            return false;
        }

        _held = block;
        return true;
    }

    public void ViewBad(int size) // bad: LIFE007
    {
        var block = ArrayPool<byte>.Shared.Rent(size);
        var read = _source.Read(block, 0, size);
        _window = block.AsMemory(0, read);
        ArrayPool<byte>.Shared.Return(block);
    }

    public void ViewOfCopyGood(int size)
    {
        var block = ArrayPool<byte>.Shared.Rent(size);
        var read = _source.Read(block, 0, size);
        _window = block.AsSpan(0, read).ToArray();
        ArrayPool<byte>.Shared.Return(block);
    }

    public void SendBad(int size) // bad: LIFE007
    {
        using var owner = MemoryPool<byte>.Shared.Rent(size);
        _current = owner.Memory[..size];
        _source.Write(_current.Span);
    }

    public void SendGood(int size)
    {
        using var owner = MemoryPool<byte>.Shared.Rent(size);
        _current = owner.Memory[..size];
        _source.Write(_current.Span);
        _current = default;
    }

    public void RawBad(int size) // bad: LIFE007
    {
        var block = Marshal.AllocHGlobal(size);
        Marshal.WriteInt32(block, size);
        _raw = block;
        Marshal.FreeHGlobal(block);
    }

    public void RawGood(int size)
    {
        var block = Marshal.AllocHGlobal(size);
        _raw = block;
        try
        {
            Marshal.WriteInt32(_raw, size);
        }
        finally
        {
            _raw = 0;
            Marshal.FreeHGlobal(block);
        }
    }
}

/// <summary>Fields that a member fills to work with, each time anew.</summary>
internal sealed class Scratch
{
    private byte[] _work = Array.Empty<byte>();
    private byte[]? _flagged;
    private bool _isFilled;

    public int SumGood(int size)
    {
        _work = ArrayPool<byte>.Shared.Rent(size);
        Fill(size);
        var sum = _work[0] + _work[size - 1];
        ArrayPool<byte>.Shared.Return(_work);
        return sum;
    }

    public int First(int size)
    {
        _work = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            Fill(size);
            return _work[0];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(_work);
        }
    }

    public int SaidByFlagGood(int size)
    {
        _flagged = ArrayPool<byte>.Shared.Rent(size);
        _isFilled = true;
        var first = Look();
        ArrayPool<byte>.Shared.Return(_flagged);
        _isFilled = false;
        return first;
    }

    public int Look() => _isFilled ? _flagged![0] : 0;

    private void Fill(int size) => _work.AsSpan(0, size).Fill(1);
}

internal sealed unsafe class Given
{
    private readonly byte* _data;

    public Given(byte* data) // bad: LIFE007
    {
        _data = data;
        NativeMemory.Free(data);
    }

    public Given(byte* data, int first)
    {
        data[0] = (byte)first;
        _data = data;
    }

    public byte First => _data[0];
}

internal static class Shared
{
    private static byte[] s_last = Array.Empty<byte>();

    public static int LastLength => s_last.Length;

    public static void StaticBad(int size) // bad: LIFE007
    {
        var block = ArrayPool<byte>.Shared.Rent(size);
        s_last = block;
        ArrayPool<byte>.Shared.Return(block);
    }

    public static void StaticGood(int size)
    {
        var block = ArrayPool<byte>.Shared.Rent(size);
        s_last = block.AsSpan(0, size).ToArray();
        ArrayPool<byte>.Shared.Return(block);
    }

    public static void OutBad(int size, out byte[] result) // bad: LIFE007
    {
        result = ArrayPool<byte>.Shared.Rent(size);
        result[0] = 1;
        ArrayPool<byte>.Shared.Return(result);
    }

    public static void OutGood(int size, out byte[] result)
    {
        var block = ArrayPool<byte>.Shared.Rent(size);
        result = block.AsSpan(0, size).ToArray();
        ArrayPool<byte>.Shared.Return(block);
    }

    public static void RefBad(int size, ref nint result) // bad: LIFE007
    {
        var block = Marshal.AllocHGlobal(size);
        result = block;
        Marshal.FreeHGlobal(block);
    }

    public static void ElementBad(int size, nint[] results) // bad: LIFE007
    {
        results[0] = Marshal.AllocHGlobal(size);
        Marshal.WriteByte(results[0], 1);
        Marshal.FreeHGlobal(results[0]);
    }

    public static void ElementGood(int size, nint[] results)
    {
        results[0] = Marshal.AllocHGlobal(size);
        Marshal.WriteByte(results[0], 1);
        Marshal.FreeHGlobal(results[0]);
        results[0] = 0;
    }
}
