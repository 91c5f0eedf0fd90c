// weakness: CWE-401
// construct: types that own: every way to dispose
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Strangers.Owners;

internal interface IRelease
{
    void Release();
}

internal sealed class ByInterface : IRelease
{
    private nint _block = Marshal.AllocHGlobal(8);

    void IRelease.Release()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

internal sealed class ExplicitDispose : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(8);

    void IDisposable.Dispose() => Close();

    public void Close()
    {
        if (_block == 0)
        {
            return;
        }

        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

internal sealed class BothKinds : IDisposable, IAsyncDisposable
{
    private nint _block = Marshal.AllocHGlobal(8);

    public void Dispose()
    {
        Core();
        GC.SuppressFinalize(this);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        Core();
        GC.SuppressFinalize(this);
    }

    private void Core()
    {
        nint block = _block;
        _block = 0;
        if (block != 0)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}

internal class Base : IDisposable
{
    private nint _base = Marshal.AllocHGlobal(8);
    private bool _disposed;

    ~Base() => Dispose(false);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_disposed)
        {
            return;
        }

        if (disposing)
        {
            Console.WriteLine("managed");
        }

        Marshal.FreeHGlobal(_base);
        _base = 0;
        _disposed = true;
    }
}

internal sealed class Derived : Base
{
    private nint _derived = Marshal.AllocHGlobal(8);

    protected override void Dispose(bool disposing)
    {
        if (_derived != 0)
        {
            Marshal.FreeHGlobal(_derived);
            _derived = 0;
        }

        base.Dispose(disposing);
    }
}

internal sealed class DerivedForgets : Base // bad: LIFE013
{
    private readonly nint _derived = Marshal.AllocHGlobal(8);

    public int Value => Marshal.ReadInt32(_derived);

    protected override void Dispose(bool disposing) => base.Dispose(disposing);
}

internal sealed class ManagedOnly : IDisposable // bad: LIFE013
{
    private readonly nint _block = Marshal.AllocHGlobal(8);
    private readonly MemoryStream _stream = new();

    public int Value => Marshal.ReadInt32(_block);

    public void Dispose() => _stream.Dispose();
}

internal sealed class InLoop : IDisposable
{
    private readonly nint[] _blocks = new nint[3];

    public InLoop()
    {
        _blocks[0] = Marshal.AllocHGlobal(1);
        _blocks[1] = Marshal.AllocHGlobal(2);
        _blocks[2] = Marshal.AllocHGlobal(3);
    }

    public void Dispose()
    {
        foreach (nint block in _blocks)
        {
            Marshal.FreeHGlobal(block);
        }

        Array.Clear(_blocks);
    }
}

internal sealed class HandedOut
{
    private nint _block = Marshal.AllocHGlobal(8);

    public nint Take() => Interlocked.Exchange(ref _block, 0);
}

internal sealed class Shared : IDisposable
{
    private readonly Owner _owner;

    public Shared() => _owner = new Owner(Marshal.AllocHGlobal(8));

    public nint Block => _owner.Block;

    public void Dispose() => _owner.Dispose();

    private sealed class Owner(nint block) : IDisposable
    {
        public nint Block { get; private set; } = block;

        public void Dispose()
        {
            Marshal.FreeHGlobal(Block);
            Block = 0;
        }
    }
}

internal sealed class WithTimer : IDisposable
{
    private readonly Timer _timer;
    private GCHandle _root;

    public WithTimer()
    {
        _root = GCHandle.Alloc(this);
        _timer = new Timer(static state => Console.WriteLine(state), null, 0, 1000);
    }

    public void Dispose()
    {
        _timer.Dispose();
        if (_root.IsAllocated)
        {
            _root.Free();
        }
    }
}

internal sealed class WithCallback : IDisposable
{
    private readonly nint _buffer;
    private readonly Action _release;

    public WithCallback(int size)
    {
        nint buffer = Marshal.AllocHGlobal(size);
        _buffer = buffer;
        _release = () => Marshal.FreeHGlobal(buffer);
    }

    public int First => Marshal.ReadByte(_buffer);

    public void Dispose() => _release();
}

internal sealed class Builder
{
    private readonly List<nint> _parts = new();
    private nint _header;

    public Builder WithHeader(int size)
    {
        if (_header != 0)
        {
            Marshal.FreeHGlobal(_header);
        }

        _header = Marshal.AllocHGlobal(size);
        return this;
    }

    public Builder WithPart(int size)
    {
        _parts.Add(Marshal.AllocHGlobal(size));
        return this;
    }

    public Built Build()
    {
        var built = new Built(_header, _parts.ToArray());
        _header = 0;
        _parts.Clear();
        return built;
    }
}

internal sealed class Built(nint header, nint[] parts) : IDisposable
{
    public void Dispose()
    {
        Marshal.FreeHGlobal(header);
        foreach (nint part in parts)
        {
            Marshal.FreeHGlobal(part);
        }
    }
}

internal sealed class Ring : IDisposable
{
    private readonly IMemoryOwner<byte>?[] _slots = new IMemoryOwner<byte>?[8];
    private int _next;

    public Memory<byte> Push(int size)
    {
        ref IMemoryOwner<byte>? slot = ref _slots[_next++ % _slots.Length];
        slot?.Dispose();
        slot = MemoryPool<byte>.Shared.Rent(size);
        return slot.Memory;
    }

    public void Dispose()
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            _slots[i]?.Dispose();
            _slots[i] = null;
        }
    }
}

internal sealed class StaticHelperDispose : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(8);

    public void Dispose() => Disposer.Free(ref _block);
}

internal static class Disposer
{
    public static void Free(ref nint block)
    {
        nint old = Interlocked.Exchange(ref block, 0);
        if (old != 0)
        {
            Marshal.FreeHGlobal(old);
        }
    }
}

internal sealed class Conditional : IDisposable
{
    private readonly bool _native;
    private readonly nint _block;
    private readonly byte[]? _managed;

    public Conditional(bool native, int size)
    {
        _native = native;
        if (native)
        {
            _block = Marshal.AllocHGlobal(size);
        }
        else
        {
            _managed = new byte[size];
        }
    }

    public int Size => _managed?.Length ?? 0;

    public void Dispose()
    {
        if (_native)
        {
            Marshal.FreeHGlobal(_block);
        }
    }
}

internal sealed class ConditionalWrong : IDisposable // bad: LIFE008 (or in Dispose)
{
    private readonly nint _block;

    public ConditionalWrong(string text) => _block = Marshal.StringToCoTaskMemUni(text);

    public void Dispose() => Marshal.FreeHGlobal(_block);
}

internal sealed class TwiceByClose : IDisposable
{
    private readonly nint _block = Marshal.AllocHGlobal(8);

    public void Close() // bad: LIFE006 (or in Dispose)
    {
        Marshal.FreeHGlobal(_block);
    }

    public void Dispose()
    {
        Close();
        Marshal.FreeHGlobal(_block);
    }
}

internal sealed unsafe class Arena : IDisposable
{
    private struct Block
    {
        public Block* Next;
        public byte* Data;
    }

    private Block* _first;

    public byte* Allocate(nuint size)
    {
        Block* block = (Block*)NativeMemory.Alloc((nuint)sizeof(Block));
        block->Data = (byte*)NativeMemory.Alloc(size);
        block->Next = _first;
        _first = block;
        return block->Data;
    }

    public void Dispose()
    {
        Block* block = _first;
        _first = null;
        while (block != null)
        {
            Block* next = block->Next;
            NativeMemory.Free(block->Data);
            NativeMemory.Free(block);
            block = next;
        }
    }
}

internal sealed class Cache : IDisposable
{
    private readonly Dictionary<string, byte[]> _entries = new();

    public byte[] Get(string key)
    {
        if (!_entries.TryGetValue(key, out byte[]? entry))
        {
            entry = ArrayPool<byte>.Shared.Rent(64);
            _entries[key] = entry;
        }

        return entry;
    }

    public void Evict(string key)
    {
        if (_entries.Remove(key, out byte[]? entry))
        {
            ArrayPool<byte>.Shared.Return(entry);
        }
    }

    public void Dispose()
    {
        foreach (KeyValuePair<string, byte[]> entry in _entries)
        {
            ArrayPool<byte>.Shared.Return(entry.Value);
        }

        _entries.Clear();
    }
}

internal sealed class NeverDisposable // bad: LIFE013
{
    private readonly nint _block = Marshal.AllocHGlobal(8);

    public int Value => Marshal.ReadInt32(_block);
}

internal sealed class FinalizerOnly
{
    private readonly nint _block = Marshal.AllocHGlobal(8);

    ~FinalizerOnly() => Marshal.FreeHGlobal(_block);

    public int Value => Marshal.ReadInt32(_block);
}

internal sealed class Injected : IDisposable
{
    private readonly nint _block;

    public Injected(nint block) => _block = block;

    public int Value => Marshal.ReadInt32(_block);

    public void Dispose() => Console.WriteLine("borrowed");
}

internal sealed class DisposedByBase : Disposable
{
    private readonly nint _block;

    public DisposedByBase()
    {
        nint block = Marshal.AllocHGlobal(8);
        _block = block;
        OnDispose(() => Marshal.FreeHGlobal(block));
    }

    public int Value => Marshal.ReadInt32(_block);
}

internal abstract class Disposable : IDisposable
{
    private readonly Stack<Action> _actions = new();

    protected void OnDispose(Action action) => _actions.Push(action);

    public void Dispose()
    {
        while (_actions.TryPop(out Action? action))
        {
            action();
        }
    }
}

internal sealed class Moves : IDisposable
{
    private nint _front = Marshal.AllocHGlobal(8);
    private nint _back = Marshal.AllocHGlobal(8);

    public void Flip() => (_front, _back) = (_back, _front);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_front);
        Marshal.FreeHGlobal(_back);
        _front = _back = 0;
    }
}

internal sealed class Reopens : IDisposable
{
    private byte[]? _buffer;

    public void Open(int size)
    {
        Close();
        _buffer = ArrayPool<byte>.Shared.Rent(size);
    }

    public void Close()
    {
        if (_buffer != null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }
    }

    public void Dispose() => Close();
}

internal sealed class ReopensBad : IDisposable
{
    private nint _block;

    public void Reload(int size) // bad: LIFE013|LIFE004
    {
        _block = Marshal.AllocHGlobal(size);
        Marshal.WriteByte(_block, 1);
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

internal static class Users
{
    public static void Good()
    {
        using var explicitly = (IDisposable)new ExplicitDispose();
        using var derived = new Derived();
        using var shared = new Shared();
        using var moves = new Moves();
        moves.Flip();
        using var reopens = new Reopens();
        reopens.Open(1);
        reopens.Open(2);
        using var ring = new Ring();
        ring.Push(3).Span[0] = 1;
        ring.Push(3).Span[0] = 1;
    }

    public static async Task AsyncGood()
    {
        await using var both = new BothKinds();
        Console.WriteLine(both);
    }

    public static void BuilderGood()
    {
        using Built built = new Builder().WithHeader(1).WithPart(2).WithPart(3).Build();
        Console.WriteLine(built);
    }

    public static void InitializerBad() // bad: LIFE003|LIFE004
    {
        var helper = new StaticHelperDispose();
        Console.WriteLine(helper);
    }

    public static unsafe void ArenaGood()
    {
        using var arena = new Arena();
        byte* data = arena.Allocate(10);
        data[0] = 1;
    }

    public static unsafe byte ArenaBad() // bad: LIFE007
    {
        var arena = new Arena();
        byte* data = arena.Allocate(10);
        arena.Dispose();
        return data[0];
    }

    public static void HandedOutGood()
    {
        var source = new HandedOut();
        Marshal.FreeHGlobal(source.Take());
    }

    public static void ConditionalGood(bool native)
    {
        using var conditional = new Conditional(native, 4);
        Console.WriteLine(conditional.Size);
    }
}
