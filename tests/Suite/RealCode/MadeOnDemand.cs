// weakness: CWE-401
// construct: blocks that are made where they are first asked for; shared empty structs; boxed owners in fields
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using System.Threading;

namespace Cases.RealCode.MadeOnDemand;

/// <summary>Waiters share a block that the first of them makes; a loop asks again and again.</summary>
internal sealed class Gate : IDisposable
{
    private nint _first;
    private nint _second;
    private int _state;

    public void Enter()
    {
        while (true)
        {
            if (_state > 3)
            {
                EnsureLate(ref _first);
                if (Interlocked.CompareExchange(ref _state, 3, 4) == 3)
                {
                    break;
                }
            }
        }
    }

    public void EnterShared()
    {
        while (_state > 3)
        {
            Ensure(ref _second);
            if (Interlocked.CompareExchange(ref _state, 3, 4) == 3)
            {
                break;
            }
        }
    }

    private static void Ensure(ref nint block)
    {
        nint made = Marshal.AllocHGlobal(4);
        if (Interlocked.CompareExchange(ref block, made, 0) != 0)
        {
            Marshal.FreeHGlobal(made);
        }
    }

    private static void EnsureLate(ref nint block)
    {
        if (Thread.VolatileRead(ref block) != 0)
        {
            return;
        }

        Ensure(ref block);
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_first);
        Marshal.FreeHGlobal(_second);
        _first = 0;
        _second = 0;
    }
}

/// <summary>Who loses the race keeps a block of his own.</summary>
internal sealed class LeakingGate : IDisposable
{
    private nint _block;

    public void Enter() // bad: LIFE004
    {
        nint made = Marshal.AllocHGlobal(4);
        if (Interlocked.CompareExchange(ref _block, made, 0) != 0)
        {
            return;
        }

        Marshal.WriteInt32(made, 1);
    }

    public void Dispose() => Marshal.FreeHGlobal(Interlocked.Exchange(ref _block, 0));
}

/// <summary>A buffer, or the one that everybody shares and that has no pool.</summary>
internal struct Text : IDisposable
{
    public static readonly Text Empty = new();

    private ArrayPool<byte>? _pool;

    public Text()
    {
        _pool = null;
        Buffer = Array.Empty<byte>();
    }

    private Text(int length)
    {
        _pool = ArrayPool<byte>.Shared;
        Buffer = _pool.Rent(length);
    }

    public byte[] Buffer { get; }

    public static Text Of(int length) => length == 0 ? Empty : new Text(length);

    public void Dispose()
    {
        _pool?.Return(Buffer);
        _pool = null;
    }
}

internal static class Texts
{
    public static int Compare(int left, int right)
    {
        using (Text one = Text.Of(left))
        using (Text two = Text.Of(right))
        {
            return one.Buffer.AsSpan().SequenceCompareTo(two.Buffer);
        }
    }
}

internal readonly struct Lease<T> : IMemoryOwner<T>
{
    private readonly T[] _array;

    public Lease(int length)
    {
        _array = ArrayPool<T>.Shared.Rent(length);
        Memory = _array.AsMemory(0, length);
    }

    public Memory<T> Memory { get; }

    public void Dispose() => ArrayPool<T>.Shared.Return(_array);
}

/// <summary>Keeps a boxed lease, and takes a larger one when it is full.</summary>
internal sealed class Page : IDisposable
{
    private IMemoryOwner<byte> _lease = new Lease<byte>(16);
    private int _length;

    public void Append(ReadOnlySpan<byte> data)
    {
        if (_length + data.Length > _lease.Memory.Length)
        {
            IMemoryOwner<byte> larger = new Lease<byte>(2 * (_length + data.Length));
            _lease.Memory.CopyTo(larger.Memory);
            _lease.Dispose();
            _lease = larger;
        }

        data.CopyTo(_lease.Memory.Span.Slice(_length));
        _length += data.Length;
    }

    public void Dispose() => _lease.Dispose();
}
