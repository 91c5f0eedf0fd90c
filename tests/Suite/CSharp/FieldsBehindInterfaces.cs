// weakness: CWE-401
// construct: fields of an interface or abstract class whose disposal the object's own calls

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Suite.FieldsBehindInterfaces;

public interface IStore : IDisposable
{
    int Size { get; }

    IStore Resize(int size);
}

public sealed class NativeStore : IStore
{
    private nint _start;

    public NativeStore(int size)
    {
        Size = size;
        _start = Marshal.AllocHGlobal(size);
    }

    public int Size { get; }

    public IStore Resize(int size)
    {
        var other = new NativeStore(size);
        Dispose();
        return other;
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_start);
        _start = 0;
    }
}

public sealed class NoStore : IStore
{
    public static readonly NoStore Instance = new();

    public int Size => 0;

    public IStore Resize(int size) => new NativeStore(size);

    public void Dispose()
    {
    }
}

public sealed class Sheet : IDisposable
{
    private bool _isDisposed;
    private IStore _store;

    public Sheet(IStore store) => _store = store;

    public int Size => _store.Size;

    public void Assign(byte[] bytes) // bad: LIFE013
    {
        _store = new NativeStore(bytes.Length);
    }

    public void Grow(int size) => _store = _store.Resize(size); // good

    public void Replace(int size) // good
    {
        var former = _store;
        _store = new NativeStore(size);
        former.Dispose();
    }

    public void Renew(int size) // good
    {
        _store.Dispose();
        _store = new NativeStore(size);
    }

    public Sheet Move() // good
    {
        var moved = new Sheet(_store);
        _store = new NativeStore(1);
        return moved;
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _store.Dispose();
    }
}

public sealed class BeginsShared : IDisposable
{
    private IStore _store = NoStore.Instance;

    public void Assign(int size) => _store = new NativeStore(size); // good

    public void Dispose() => _store.Dispose();
}

public sealed class MayLeaveOpen : IDisposable
{
    private readonly bool _leaveOpen;
    private IStore _store;

    public MayLeaveOpen(IStore store, bool leaveOpen)
    {
        _store = store;
        _leaveOpen = leaveOpen;
    }

    public void Assign(int size) => _store = new NativeStore(size); // good

    public void Dispose()
    {
        if (!_leaveOpen)
        {
            _store.Dispose();
        }
    }
}

public sealed class LendsIt : IDisposable
{
    private IStore _store;

    public LendsIt(int size) => _store = new NativeStore(size);

    public IStore Current => _store;

    public void Assign(int size) => _store = new NativeStore(size); // good

    public void Dispose() => _store.Dispose();
}

public sealed class TellsOthers : IDisposable
{
    private readonly Action<IStore> _retired;
    private IStore _store;

    public TellsOthers(int size, Action<IStore> retired)
    {
        _store = new NativeStore(size);
        _retired = retired;
    }

    public void Assign(int size) // good
    {
        _retired(_store);
        _store = new NativeStore(size);
    }

    public void Dispose() => _store.Dispose();
}

public sealed class AllInAList : IDisposable
{
    private readonly List<IStore> _all = new();
    private IStore _store;

    public AllInAList(int size)
    {
        _store = new NativeStore(size);
        _all.Add(_store);
    }

    public void Assign(int size) // good
    {
        _store = new NativeStore(size);
        _all.Add(_store);
    }

    public void Dispose() => _all.ForEach(static store => store.Dispose());
}

public sealed class OnDemand : IDisposable
{
    private IStore? _store;

    public void Assign(int size) // good
    {
        if (_store is null)
        {
            _store = new NativeStore(size);
        }
    }

    public void Again(int size) // good
    {
        Drop();
        _store = new NativeStore(size);
    }

    private void Drop()
    {
        _store?.Dispose();
        _store = null;
    }

    public void Dispose() => Drop();
}
