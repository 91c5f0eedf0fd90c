// weakness: CWE-401
// construct: fields and Dispose
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Suite.Support;

namespace Cases.OwningFields;

internal sealed unsafe class DisposedGood : IDisposable
{
    private byte* _block = (byte*)NativeMemory.Alloc(16);

    public void Dispose()
    {
        NativeMemory.Free(_block);
        _block = null;
    }
}

internal sealed unsafe class NoDisposeBad // bad: LIFE013
{
    private readonly byte* _block;

    public NoDisposeBad() => _block = (byte*)NativeMemory.Alloc(16);

    public byte First => *_block;
}

internal sealed class DisposeForgetsBad : IDisposable // bad: LIFE013
{
    private readonly nint _first = Marshal.AllocHGlobal(8);
    private readonly nint _second = Marshal.AllocHGlobal(8);

    public int Sum => Marshal.ReadByte(_first) + Marshal.ReadByte(_second);

    public void Dispose() => Marshal.FreeHGlobal(_first);
}

internal sealed class DisposeFreesBothGood : IDisposable
{
    private readonly nint _first = Marshal.AllocHGlobal(8);
    private readonly nint _second = Marshal.AllocHGlobal(8);

    public int Sum => Marshal.ReadByte(_first) + Marshal.ReadByte(_second);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_second);
        Marshal.FreeHGlobal(_first);
    }
}

internal sealed class FinalizerGood
{
    private readonly nint _block = Marshal.AllocHGlobal(8);

    ~FinalizerGood() => Marshal.FreeHGlobal(_block);

    public int First => Marshal.ReadByte(_block);
}

internal class DisposePatternGood : IDisposable
{
    private nint _block = Marshal.AllocCoTaskMem(8);

    ~DisposePatternGood() => Dispose(false);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_block != 0)
        {
            Marshal.FreeCoTaskMem(_block);
            _block = 0;
        }
    }
}

internal sealed class OverwrittenBad : IDisposable
{
    private nint _block;

    public void Resize(int size) // bad: LIFE013|LIFE004|LIFE003
    {
        _block = Marshal.AllocHGlobal(size);
    }

    public void Dispose() => Marshal.FreeHGlobal(_block);
}

internal sealed class OverwrittenAfterFreeGood : IDisposable
{
    private nint _block;

    public void Resize(int size)
    {
        Marshal.FreeHGlobal(_block);
        _block = Marshal.AllocHGlobal(size);
    }

    public void Dispose() => Marshal.FreeHGlobal(_block);
}

internal sealed class ReallocatedGood : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(1);

    public void Resize(int size) => _block = Marshal.ReAllocHGlobal(_block, size);

    public void Dispose() => Marshal.FreeHGlobal(_block);
}

internal sealed class LazyGood : IDisposable
{
    private nint _block;

    public nint Block
    {
        get
        {
            if (_block == 0)
            {
                _block = Marshal.AllocHGlobal(8);
            }

            return _block;
        }
    }

    public void Dispose()
    {
        if (_block != 0)
        {
            Marshal.FreeHGlobal(_block);
        }
    }
}

internal sealed class LazyBad // bad: LIFE013
{
    private nint _block;

    public nint Block
    {
        get
        {
            if (_block == 0)
            {
                _block = Marshal.AllocHGlobal(8);
            }

            return _block;
        }
    }
}

internal sealed class ReleasedByCloseGood
{
    private GCHandle _handle;

    public void Open(object target)
    {
        Close();
        _handle = GCHandle.Alloc(target);
    }

    public void Close()
    {
        if (_handle.IsAllocated)
        {
            _handle.Free();
        }
    }
}

internal sealed class HandleBad : IDisposable // bad: LIFE013
{
    private GCHandle _handle;

    public HandleBad(byte[] bytes) => _handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);

    public nint Address => _handle.AddrOfPinnedObject();

    public void Dispose() => Io.PrintLine("disposed");
}

internal sealed class DisposedByCalledMethodGood : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(8);

    public void Dispose() => Cleanup();

    private void Cleanup() => ReleaseAll();

    private void ReleaseAll()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

internal sealed class AsyncDisposeGood : IAsyncDisposable
{
    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(16);
    private nint _block = Marshal.AllocHGlobal(8);

    public ValueTask DisposeAsync()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }

        Marshal.FreeHGlobal(Interlocked.Exchange(ref _block, 0));
        return default;
    }
}

internal sealed class FreedNotClearedBad : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(8);

    public void Reset() // bad: LIFE006|LIFE013 (or in Dispose)
    {
        Marshal.FreeHGlobal(_block);
    }

    public void Dispose() => Marshal.FreeHGlobal(_block);
}

internal sealed class FreedAndClearedGood : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(8);

    public void Reset()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }

    public void Dispose() => Marshal.FreeHGlobal(_block);
}

internal sealed class ClearedBeforeFreeBad : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(8);

    public void Dispose() // bad: LIFE013|LIFE003|LIFE004
    {
        _block = 0;
        Marshal.FreeHGlobal(_block);
    }
}

internal sealed class ClearedAfterTakingGood : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(8);

    public void Dispose()
    {
        nint block = _block;
        _block = 0;
        if (block != 0)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}

internal sealed class UsedAfterDisposeBad : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(8);

    public void Dispose() // bad: LIFE007
    {
        Marshal.FreeHGlobal(_block);
        Marshal.WriteByte(_block, 0);
        _block = 0;
    }
}

internal sealed class WrongReleaseBad : IDisposable // bad: LIFE008
{
    private readonly nint _block;

    public WrongReleaseBad() => _block = Marshal.AllocCoTaskMem(8);

    public void Dispose() => Marshal.FreeHGlobal(_block);
}

internal sealed class DisposeEarlyOutBad : IDisposable // bad: LIFE013|LIFE004
{
    private readonly nint _block = Marshal.AllocHGlobal(8);
    private bool _verbose;

    public bool Verbose
    {
        set => _verbose = value;
    }

    public void Dispose()
    {
        if (_verbose)
        {
            Io.PrintLine("disposing");
            return;
        }

        Marshal.FreeHGlobal(_block);
    }
}

internal sealed class DisposedFlagGood : IDisposable
{
    private readonly nint _block = Marshal.AllocHGlobal(8);
    private bool _disposed;

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        Marshal.FreeHGlobal(_block);
    }
}

internal sealed class OwnerFieldBad : IDisposable // bad: LIFE013|LIFE016
{
    private readonly IMemoryOwner<byte> _owner = MemoryPool<byte>.Shared.Rent(16);

    public int Length => _owner.Memory.Length;

    public void Dispose() => Io.PrintLine("disposed");
}

internal sealed class OwnerFieldGood : IDisposable
{
    private readonly IMemoryOwner<byte> _owner = MemoryPool<byte>.Shared.Rent(16);

    public int Length => _owner.Memory.Length;

    public void Dispose() => _owner.Dispose();
}

internal sealed class BorrowedFieldGood
{
    private readonly nint _block;

    public BorrowedFieldGood(nint block) => _block = block;

    public int First => Marshal.ReadByte(_block);
}

internal sealed class TwoBuffersGood : IDisposable
{
    private byte[] _front = ArrayPool<byte>.Shared.Rent(16);
    private byte[] _back = ArrayPool<byte>.Shared.Rent(16);

    public void Swap() => (_front, _back) = (_back, _front);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_front);
        ArrayPool<byte>.Shared.Return(_back);
    }
}

internal sealed unsafe class GrowingFieldGood : IDisposable
{
    private byte* _block;
    private nuint _capacity;

    public void Add(nuint index, byte value)
    {
        if (index >= _capacity)
        {
            nuint capacity = Math.Max(16, index * 2);
            byte* bigger = (byte*)NativeMemory.Alloc(capacity);
            if (_block != null)
            {
                NativeMemory.Copy(_block, bigger, _capacity);
                NativeMemory.Free(_block);
            }

            _block = bigger;
            _capacity = capacity;
        }

        _block[index] = value;
    }

    public void Dispose() => NativeMemory.Free(_block);
}

internal sealed unsafe class GrowingFieldBad : IDisposable
{
    private byte* _block;
    private nuint _capacity;

    public void Add(nuint index, byte value) // bad: LIFE013|LIFE004|LIFE003
    {
        if (index >= _capacity)
        {
            nuint capacity = Math.Max(16, index * 2);
            byte* bigger = (byte*)NativeMemory.Alloc(capacity);
            if (_block != null)
            {
                NativeMemory.Copy(_block, bigger, _capacity);
            }

            _block = bigger;
            _capacity = capacity;
        }

        _block[index] = value;
    }

    public void Dispose() => NativeMemory.Free(_block);
}
