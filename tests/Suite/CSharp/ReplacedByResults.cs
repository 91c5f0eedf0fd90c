// weakness: CWE-401, CWE-772
// construct: fields whose object is replaced by what an operator or method makes of it, spans beside a rented array, slots that come round
using System;
using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Cases.ReplacedByResults;

internal sealed unsafe class Series : IDisposable
{
    private readonly int _count;
    private double* _values;

    public Series(int count)
    {
        _count = count;
        _values = (double*)NativeMemory.AllocZeroed((nuint)count, sizeof(double));
    }

    public static Series operator +(Series left, Series right)
    {
        var sum = new Series(left._count);
        for (var i = 0; i < left._count; i++)
        {
            sum._values[i] = left._values[i] + right._values[i];
        }

        return sum;
    }

    public Series Scale(double by)
    {
        var scaled = new Series(_count);
        for (var i = 0; i < _count; i++)
        {
            scaled._values[i] = _values[i] * by;
        }

        return scaled;
    }

    public void Dispose()
    {
        NativeMemory.Free(_values);
        _values = null;
    }
}

internal sealed class Total : IDisposable
{
    private Series _sum = new Series(3);

    public void Add(Series next)
    {
        _sum = _sum + next; // bad: LIFE013
    }

    public void Dispose() => _sum.Dispose();
}

internal sealed class Scaled : IDisposable
{
    private Series _series = new Series(3);

    public void Scale(double by)
    {
        _series = _series.Scale(by); // bad: LIFE013
    }

    public void Dispose() => _series.Dispose();
}

internal sealed class TotalThatFrees : IDisposable
{
    private Series _sum = new Series(3);

    public void Add(Series next)
    {
        var sum = _sum + next;
        _sum.Dispose();
        _sum = sum;
    }

    public void Dispose() => _sum.Dispose();
}

internal sealed class TotalThatHandsOn : IDisposable
{
    private readonly ConcurrentBag<Series> _before = new();
    private Series _sum = new Series(3);

    public void Add(Series next)
    {
        _before.Add(_sum);
        _sum = _sum + next;
    }

    public void Dispose()
    {
        while (_before.TryTake(out var before))
        {
            before.Dispose();
        }

        _sum.Dispose();
    }
}

internal sealed class TotalThatAsks : IDisposable
{
    private Series _sum = new Series(3);
    private bool _isShared;

    public Series Share()
    {
        _isShared = true;
        return _sum;
    }

    public void Add(Series next)
    {
        if (_isShared)
        {
            _sum = _sum + next;
            _isShared = false;
            return;
        }

        var before = _sum;
        _sum = before + next;
        before.Dispose();
    }

    public void Dispose() => _sum.Dispose();
}

internal ref struct Text
{
    private char[]? _array;
    private Span<char> _span;
    private int _length;

    public Text(Span<char> first)
    {
        _array = null;
        _span = first;
        _length = 0;
    }

    public void Append(char next)
    {
        if (_length == _span.Length)
        {
            Grow(); // bad: LIFE013
        }

        _span[_length++] = next;
    }

    public void Dispose()
    {
        var array = _array;
        this = default;
        if (array != null)
        {
            ArrayPool<char>.Shared.Return(array);
        }
    }

    private void Grow()
    {
        var grown = ArrayPool<char>.Shared.Rent(_span.Length * 2);
        _span.CopyTo(grown);
        _span = _array = grown;
    }
}

internal ref struct TextThatReturns
{
    private char[]? _array;
    private Span<char> _span;
    private int _length;

    public TextThatReturns(Span<char> first)
    {
        _array = null;
        _span = first;
        _length = 0;
    }

    public void Append(char next)
    {
        if (_length == _span.Length)
        {
            Grow();
        }

        _span[_length++] = next;
    }

    public void Dispose()
    {
        var array = _array;
        this = default;
        if (array != null)
        {
            ArrayPool<char>.Shared.Return(array);
        }
    }

    private void Grow()
    {
        var grown = ArrayPool<char>.Shared.Rent(_span.Length * 2);
        _span.CopyTo(grown);
        var array = _array;
        _span = _array = grown;
        if (array != null)
        {
            ArrayPool<char>.Shared.Return(array);
        }
    }
}

internal sealed class Recent : IDisposable
{
    private readonly nint[] _slots = new nint[8];
    private int _next;

    public void Put(int size)
    {
        _slots[_next] = Marshal.AllocHGlobal(size); // bad: LIFE013
        _next = (_next + 1) % _slots.Length;
    }

    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            Marshal.FreeHGlobal(slot);
        }
    }
}

internal sealed class RecentThatFrees : IDisposable
{
    private readonly nint[] _slots = new nint[8];
    private int _next;

    public void Put(int size)
    {
        Marshal.FreeHGlobal(_slots[_next]);
        _slots[_next] = Marshal.AllocHGlobal(size);
        _next = (_next + 1) % _slots.Length;
    }

    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            Marshal.FreeHGlobal(slot);
        }
    }
}

internal sealed class Ring : IDisposable
{
    private readonly nint[] _slots = new nint[8];
    private int _head;
    private int _tail;
    private int _count;

    public void Put(int size)
    {
        if (_count == _slots.Length)
        {
            throw new InvalidOperationException();
        }

        _slots[_tail] = Marshal.AllocHGlobal(size);
        _tail = (_tail + 1) % _slots.Length;
        _count++;
    }

    public nint Take()
    {
        var block = _slots[_head];
        _slots[_head] = 0;
        _head = (_head + 1) % _slots.Length;
        _count--;
        return block;
    }

    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            Marshal.FreeHGlobal(slot);
        }
    }
}

internal sealed class Trimmed : IDisposable
{
    private readonly ConcurrentQueue<nint> _blocks = new();

    public void Put(int size) => _blocks.Enqueue(Marshal.AllocHGlobal(size));

    public void Trim(int most) // bad: LIFE013
    {
        while (_blocks.Count > most)
        {
            _blocks.TryDequeue(out _);
        }
    }

    public void Dispose()
    {
        while (_blocks.TryDequeue(out var block))
        {
            Marshal.FreeHGlobal(block);
        }
    }
}

internal sealed class TrimmedWell : IDisposable
{
    private readonly ConcurrentQueue<nint> _blocks = new();

    public void Put(int size) => _blocks.Enqueue(Marshal.AllocHGlobal(size));

    public void Trim(int most)
    {
        while (_blocks.Count > most && _blocks.TryDequeue(out var block))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public void Dispose()
    {
        while (_blocks.TryDequeue(out var block))
        {
            Marshal.FreeHGlobal(block);
        }
    }
}
