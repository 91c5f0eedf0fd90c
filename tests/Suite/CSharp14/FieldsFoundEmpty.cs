// weakness: CWE-401
// construct: fields that get a block when the view in them is found to be empty; blocks that another object of the type releases; references to what somebody else has

using System;
using System.Buffers;
using System.Runtime.InteropServices;

namespace Suite.FieldsFoundEmpty;

internal sealed class FilledWhenEmpty(int count) : IDisposable
{
    private Memory<int> _answers;

    private bool HasStarted => !_answers.IsEmpty;

    public void Set(int index, int answer)
    {
        if (answer == 0 && !HasStarted)
        {
            int[] rented = ArrayPool<int>.Shared.Rent(count);
            _answers = rented.AsMemory()[..count];
        }

        if (HasStarted)
        {
            _answers.Span[index] = answer;
        }
    }

    public void SetByLength(int index, int answer)
    {
        if (_answers.Length == 0)
        {
            int[] rented = ArrayPool<int>.Shared.Rent(count);
            _answers = rented.AsMemory()[..count];
        }

        _answers.Span[index] = answer;
    }

    public void Dispose()
    {
        if (MemoryMarshal.TryGetArray<int>(_answers, out ArraySegment<int> rented))
        {
            ArrayPool<int>.Shared.Return(rented.Array!);
        }
    }
}

internal sealed class FilledAgain(int count) : IDisposable
{
    private Memory<int> _answers;

    public void Set(int index, int answer)
    {
        if (answer == 0)
        {
            _answers.Span[index] = -1;
            int[] rented = ArrayPool<int>.Shared.Rent(count); // bad: LIFE013
            _answers = rented.AsMemory()[..count];
        }

        _answers.Span[index] = answer;
    }

    public void Dispose()
    {
        if (MemoryMarshal.TryGetArray<int>(_answers, out ArraySegment<int> rented))
        {
            ArrayPool<int>.Shared.Return(rented.Array!);
        }
    }
}

internal abstract class Counted : IDisposable
{
    private int _count = 1;

    public void Add() => _count++;

    public void Dispose()
    {
        if (--_count == 0)
        {
            Release();
        }
    }

    protected abstract void Release();
}

internal sealed class GuardedByAnother : IDisposable
{
    private readonly Guard _guard;
    private readonly byte[] _data;

    public GuardedByAnother(int size)
    {
        _data = ArrayPool<byte>.Shared.Rent(size);
        _guard = new Guard(_data);
    }

    public Span<byte> Data => _data;

    public void Dispose() => _guard.Dispose();

    private sealed class Guard(byte[] array) : Counted
    {
        protected override void Release() => ArrayPool<byte>.Shared.Return(array);
    }
}

internal sealed class GuardedByNobody : IDisposable
{
    private readonly Reader _reader;
    private readonly byte[] _data;

    public GuardedByNobody(int size)
    {
        _data = ArrayPool<byte>.Shared.Rent(size); // bad: LIFE013
        _reader = new Reader(_data);
    }

    public int First => _reader.First;

    public void Dispose()
    {
    }

    private sealed class Reader(byte[] array)
    {
        public int First => array[0];
    }
}

internal struct Output
{
    public IMemoryOwner<byte> Memory;
}

internal ref struct Writer
{
    private readonly ref Output _output;
    private int _written;

    public Writer(ref Output output) => _output = ref output;

    // The caller has the output, and disposes of what it holds in the end.
    public void Grow(int size)
    {
        IMemoryOwner<byte> larger = MemoryPool<byte>.Shared.Rent(size);
        _output.Memory.Dispose();
        _output.Memory = larger;
        _written = 0;
    }

    public readonly int Written => _written;

    public void Dispose() => _written = -1;
}
