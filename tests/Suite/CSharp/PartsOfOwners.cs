// weakness: CWE-401, CWE-772
// construct: blocks in a struct or a nested object of the type, disposal that depends on a flag, leases that are dropped, fields that change places
using System;
using System.Buffers;
using System.Runtime.InteropServices;

namespace Cases.PartsOfOwners;

internal sealed class HalfReleased : IDisposable
{
    private Pair _pair;

    public HalfReleased()
    {
        _pair.First = Marshal.AllocHGlobal(1);
        _pair.Second = Marshal.AllocHGlobal(2); // bad: LIFE013
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_pair.First);
        _pair = default;
    }

    private struct Pair
    {
        public nint First;
        public nint Second;
    }
}

internal sealed class AllReleased : IDisposable
{
    private Pair _pair;

    public AllReleased()
    {
        _pair.First = Marshal.AllocHGlobal(1);
        _pair.Second = Marshal.AllocHGlobal(2);
    }

    public void Dispose() => _pair.Release();

    private struct Pair
    {
        public nint First;
        public nint Second;

        public void Release()
        {
            Marshal.FreeHGlobal(First);
            Marshal.FreeHGlobal(Second);
            this = default;
        }
    }
}

internal sealed class InNested : IDisposable
{
    private readonly Part _part = new();

    public void FillBad(int size)
    {
        _part.Start = Marshal.AllocHGlobal(size); // bad: LIFE013
    }

    public void FillGood(int size)
    {
        Marshal.FreeHGlobal(_part.Start);
        _part.Start = Marshal.AllocHGlobal(size);
    }

    public void FillOnceGood(int size)
    {
        if (_part.Start == 0)
        {
            _part.Start = Marshal.AllocHGlobal(size);
        }
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_part.Start);
        _part.Start = 0;
    }

    private sealed class Part
    {
        public nint Start;
    }
}

internal sealed class ReleasedWhenStarted : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(1); // bad: LIFE013
    private bool _isStarted;

    public void Start() => _isStarted = true;

    public void Dispose()
    {
        if (!_isStarted)
        {
            return;
        }

        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

internal sealed class ReleasedOnce : IDisposable
{
    private readonly nint _block = Marshal.AllocHGlobal(1);
    private bool _isDisposed;

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        Marshal.FreeHGlobal(_block);
    }
}

internal sealed class StartedByConstructor : IDisposable
{
    private readonly nint _block = Marshal.AllocHGlobal(1);
    private readonly bool _isOwned;

    public StartedByConstructor() => _isOwned = true;

    public void Dispose()
    {
        if (_isOwned)
        {
            Marshal.FreeHGlobal(_block);
        }
    }
}

internal sealed class FilledWhenStarted : IDisposable
{
    private nint _block;
    private bool _isStarted;

    public void Start()
    {
        if (!_isStarted)
        {
            _block = Marshal.AllocHGlobal(1);
            _isStarted = true;
        }
    }

    public void Dispose()
    {
        if (_isStarted)
        {
            Marshal.FreeHGlobal(_block);
            _isStarted = false;
        }
    }
}

internal sealed class DroppedLease : IDisposable
{
    private IMemoryOwner<byte>? _owner;

    public void Start(int size)
    {
        _owner ??= MemoryPool<byte>.Shared.Rent(size);
    }

    public void StopBad() // bad: LIFE013
    {
        _owner = null;
    }

    public void Dispose()
    {
        _owner?.Dispose();
        _owner = null;
    }
}

internal sealed class KeptLease : IDisposable
{
    private IMemoryOwner<byte>? _owner;

    public void Start(int size)
    {
        _owner ??= MemoryPool<byte>.Shared.Rent(size);
    }

    public void Stop()
    {
        _owner?.Dispose();
        _owner = null;
    }

    public void Dispose() => Stop();
}

internal sealed class Blob : IDisposable
{
    private nint _start;

    public Blob(int size) => _start = Marshal.AllocHGlobal(size);

    public int First => Marshal.ReadByte(_start);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_start);
        _start = 0;
    }
}

internal sealed class TwoSides : IDisposable
{
    private Blob _front = new(64);
    private Blob _back = new(64);

    public int Sum => _front.First + _back.First;

    public void Swap() => (_front, _back) = (_back, _front);

    public void ResizeBad(int size)
    {
        _front = new Blob(size); // bad: LIFE013
    }

    public void ResizeGood(int size)
    {
        _back.Dispose();
        _back = new Blob(size);
    }

    public void Dispose()
    {
        _front.Dispose();
        _back.Dispose();
    }
}

internal sealed class BesideNested
{
    private readonly Inner _inner = new(); // bad: LIFE013

    public int Read() => _inner.First;

    private sealed class Inner : IDisposable
    {
        private readonly nint _start = Marshal.AllocHGlobal(3);

        public int First => Marshal.ReadByte(_start);

        public void Dispose() => Marshal.FreeHGlobal(_start);
    }
}

internal sealed class ReachedByNested : IDisposable
{
    private nint _start = Marshal.AllocHGlobal(3);

    public Cleaner CleanUp() => new(this);

    public void Dispose() => CleanUp().Run();

    internal sealed class Cleaner
    {
        private readonly ReachedByNested _owner;

        public Cleaner(ReachedByNested owner) => _owner = owner;

        public void Run()
        {
            Marshal.FreeHGlobal(_owner._start);
            _owner._start = 0;
        }
    }
}

internal sealed class GivenToNested : IDisposable
{
    private readonly Guard _guard;

    public GivenToNested(int size)
    {
        Bytes = ArrayPool<byte>.Shared.Rent(size);
        _guard = new Guard(Bytes);
    }

    public byte[]? Bytes { get; private set; }

    public void Dispose()
    {
        if (Bytes is null)
        {
            return;
        }

        _guard.Dispose();
        Bytes = null;
    }

    private sealed class Guard : IDisposable
    {
        private byte[]? _bytes;

        public Guard(byte[] bytes) => _bytes = bytes;

        public void Dispose()
        {
            if (_bytes is not null)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
            }

            _bytes = null;
        }
    }
}

internal readonly struct Value : IDisposable
{
    private readonly nint _block;

    private Value(nint block) => _block = block;

    public static Value Of(int size) => new(Marshal.AllocHGlobal(size));

    public void Dispose()
    {
        if (_block != 0)
        {
            Marshal.FreeHGlobal(_block);
        }
    }
}

internal sealed class Values : IDisposable
{
    private readonly System.Collections.Generic.Dictionary<string, Value> _values = new();

    public bool AddBad(string key) // bad: LIFE004
    {
        var value = Value.Of(3);
        if (_values.TryAdd(key, value))
        {
            return true;
        }

        return false;
    }

    public bool AddGood(string key)
    {
        var value = Value.Of(3);
        if (_values.TryAdd(key, value))
        {
            return true;
        }

        value.Dispose();
        return false;
    }

    public void Dispose()
    {
        foreach (var value in _values.Values)
        {
            value.Dispose();
        }

        _values.Clear();
    }
}
