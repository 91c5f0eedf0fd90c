// weakness: CWE-401
// construct: types as owners
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using Microsoft.Win32.SafeHandles;

namespace Suite.Strangers.ClassOwners;

public sealed unsafe class Column : IDisposable
{
    private void* _mem;

    public Column(int n) => _mem = NativeMemory.Alloc((nuint)n);

    public void Dispose()
    {
        NativeMemory.Free(_mem);
        _mem = null;
    }
}

public sealed class ForgetsOneOfTwo : IDisposable
{
    private readonly Column _key = new(8); // bad: LIFE013
    private readonly Column _value = new(8);

    public void Dispose() => _value.Dispose();
}

public sealed class ForgetsAll
{
    private readonly Column _key;

    public ForgetsAll() // bad: LIFE013
    {
        _key = new Column(8);
    }

    public override string ToString() => _key.ToString()!;
}

public sealed class DisposesByPattern : IDisposable
{
    private readonly Column _key = new(8);
    private Column? _value = new(8);

    public void Dispose()
    {
        foreach (var column in new IDisposable?[] { _key, _value })
        {
            column?.Dispose();
        }
    }
}

public sealed class DisposesWhatItTakesOut : IDisposable
{
    private Column? _value = new(8);

    public void Dispose() => Interlocked.Exchange(ref _value, null)?.Dispose();
}

public sealed class HandsOnItsColumn
{
    private readonly Column _key = new(8);

    public HandsOnItsColumn(List<IDisposable> all) => all.Add(_key);
}

public sealed class KeepsRented(byte[] rented) : IDisposable
{
    private byte[]? _rented = rented;

    public int Length => _rented!.Length;

    public void Dispose()
    {
        var array = Interlocked.Exchange(ref _rented, null);
        if (array is not null)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}

public sealed class KeepsBlock(nint block) : IDisposable
{
    public nint Block { get; private set; } = block;

    public int First => Marshal.ReadInt32(Block);

    public void Dispose()
    {
        Marshal.FreeHGlobal(Block);
        Block = 0;
    }
}

public readonly struct Lease(nint block) : IDisposable
{
    private readonly nint _block = block;

    public int First => Marshal.ReadInt32(_block);

    public void Dispose() => Marshal.FreeHGlobal(_block);
}

public static class PrimaryConstructors
{
    public static int RentedBad() // bad: LIFE003
    {
        var kept = new KeepsRented(ArrayPool<byte>.Shared.Rent(10));
        return kept.Length;
    }

    public static int RentedGood()
    {
        using var kept = new KeepsRented(ArrayPool<byte>.Shared.Rent(10));
        return kept.Length;
    }

    public static int BlockBad() // bad: LIFE003
    {
        var kept = new KeepsBlock(Marshal.AllocHGlobal(10));
        return kept.First;
    }

    public static int BlockGood()
    {
        using var kept = new KeepsBlock(Marshal.AllocHGlobal(10));
        return kept.First;
    }

    public static int LeaseBad() // bad: LIFE003
    {
        var lease = new Lease(Marshal.AllocHGlobal(10));
        return lease.First;
    }

    public static int LeaseGood()
    {
        using var lease = new Lease(Marshal.AllocHGlobal(10));
        return lease.First;
    }
}

public sealed class Growing : IDisposable
{
    private byte[] _array = ArrayPool<byte>.Shared.Rent(16);
    private IMemoryOwner<byte> _owner = MemoryPool<byte>.Shared.Rent(16);

    public void GrowBad() // bad: LIFE013
    {
        var bigger = ArrayPool<byte>.Shared.Rent(_array.Length * 2);
        _array.CopyTo(bigger, 0);
        _array = bigger;
    }

    public void GrowGood()
    {
        var bigger = ArrayPool<byte>.Shared.Rent(_array.Length * 2);
        _array.CopyTo(bigger, 0);
        ArrayPool<byte>.Shared.Return(_array);
        _array = bigger;
    }

    public void OwnerBad() // bad: LIFE013
    {
        var bigger = MemoryPool<byte>.Shared.Rent(_owner.Memory.Length * 2);
        _owner.Memory.CopyTo(bigger.Memory);
        _owner = bigger;
    }

    public void OwnerGood()
    {
        var bigger = MemoryPool<byte>.Shared.Rent(_owner.Memory.Length * 2);
        var old = _owner;
        old.Memory.CopyTo(bigger.Memory);
        _owner = bigger;
        old.Dispose();
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_array);
        _owner.Dispose();
    }
}

public sealed class WrongHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public unsafe WrongHandle(int bytes)
        : base(true) => SetHandle((nint)NativeMemory.Alloc((nuint)bytes));

    protected override bool ReleaseHandle() // bad: LIFE008
    {
        Marshal.FreeHGlobal(handle);
        return true;
    }
}

public sealed class RightHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public RightHandle(int bytes)
        : base(true) => SetHandle(Marshal.AllocHGlobal(bytes));

    protected override bool ReleaseHandle()
    {
        Marshal.FreeHGlobal(handle);
        return true;
    }
}

public sealed class Slot : IDisposable
{
    private nint _value;

    public void SetBad(int bytes) // bad: LIFE004
    {
        nint fresh = Marshal.AllocHGlobal(bytes);
        Interlocked.CompareExchange(ref _value, fresh, 0);
    }

    public void SetGood(int bytes)
    {
        nint fresh = Marshal.AllocHGlobal(bytes);
        if (Interlocked.CompareExchange(ref _value, fresh, 0) != 0)
        {
            Marshal.FreeHGlobal(fresh);
        }
    }

    public nint GetGood()
    {
        nint fresh = Marshal.AllocHGlobal(16);
        nint found = Interlocked.CompareExchange(ref _value, fresh, 0);
        if (found == 0)
        {
            return fresh;
        }

        Marshal.FreeHGlobal(fresh);
        return found;
    }

    public void Dispose()
    {
        nint block = Interlocked.Exchange(ref _value, 0);
        if (block != 0)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}

public sealed class Closing
{
    private bool _isClosed;

    public void SendBad(Queue<nint> queue) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(16);
        if (_isClosed)
        {
            return;
        }

        queue.Enqueue(block);
    }
}

public static class Pinned
{
    public static int HashBad(string key) // bad: LIFE005
    {
        var handle = GCHandle.Alloc(Encoding.UTF8.GetBytes(key), GCHandleType.Pinned);
        int hash = Hash(handle.AddrOfPinnedObject(), key.Length);
        if (hash == 0)
        {
            throw new InvalidDataException();
        }

        handle.Free();
        return hash;
    }

    private static unsafe int Hash(nint text, int length)
    {
        int hash = 17;
        for (int i = 0; i < length; i++)
        {
            hash = (hash * 31) + ((byte*)text)[i];
        }

        return hash;
    }
}
