// weakness: CWE-401
// construct: objects that own a block in collections and arrays of a type
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace Cases.ObjectsInCollections;

internal sealed class Res : IDisposable
{
    private readonly IntPtr _p = Marshal.AllocHGlobal(64);

    public int First => Marshal.ReadInt32(_p);

    public void Dispose() => Marshal.FreeHGlobal(_p);
}

internal sealed class FinRes : IDisposable
{
    private readonly IntPtr _p = Marshal.AllocHGlobal(64);

    public int First => Marshal.ReadInt32(_p);
    ~FinRes()
    {
        Marshal.FreeHGlobal(_p);
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_p);
        GC.SuppressFinalize(this);
    }
}

internal sealed class BadListField : IDisposable // bad: LIFE013
{
    private readonly List<Res> _items = new();

    public void Add() => _items.Add(new Res());

    public void Dispose() => _items.Clear();
}

internal sealed class BadListNoDispose // bad: LIFE013
{
    private readonly List<Res> _items = new();

    public void Add() => _items.Add(new Res());

    public int Sum()
    {
        int s = 0;
        foreach (var r in _items)
        {
            s += r.First;
        }

        return s;
    }
}

internal sealed class BadDispEmpty : IDisposable // bad: LIFE013
{
    private readonly List<Res> _items = new();

    public BadDispEmpty(int n)
    {
        for (int i = 0; i < n; i++)
        {
            _items.Add(new Res());
        }
    }

    public void Dispose()
    {
    }
}

internal sealed class GoodListField : IDisposable
{
    private readonly List<Res> _items = new();

    public void Add() => _items.Add(new Res());

    public void Dispose()
    {
        foreach (var r in _items)
        {
            r.Dispose();
        }

        _items.Clear();
    }
}

internal sealed class GoodForEach : IDisposable
{
    private readonly List<Res> _items = new();

    public void Add() => _items.Add(new Res());

    public void Dispose()
    {
        _items.ForEach(r => r.Dispose());
        _items.Clear();
    }
}

internal sealed class GoodFor : IDisposable
{
    private readonly List<Res> _items = new();

    public void Add() => _items.Add(new Res());

    public void Dispose()
    {
        for (int i = _items.Count - 1; i >= 0; i--)
        {
            _items[i].Dispose();
        }
    }
}

internal sealed class GoodGiven
{
    private readonly List<Res> _items = new();

    public Res Add()
    {
        var r = new Res();
        _items.Add(r);
        return r;
    }
}

internal sealed class GoodLent
{
    private readonly List<Res> _items = new();

    public void Add()
    {
        _items.Add(new Res());
    }

    public IReadOnlyList<Res> Items => _items;
}

internal sealed class GoodParam
{
    private readonly List<Res> _items = new();

    public void Add(Res r)
    {
        _items.Add(r);
    }
}

internal sealed class GoodHelper : IDisposable
{
    private readonly List<Res> _items = new();

    public void Add() => _items.Add(new Res());

    public void Dispose()
    {
        DisposeAll(_items);
    }

    static void DisposeAll(IEnumerable<IDisposable> x)
    {
        foreach (var d in x)
        {
            d.Dispose();
        }
    }
}

internal sealed class GoodFin : IDisposable
{
    private readonly List<FinRes> _items = new();

    public void Add() => _items.Add(new FinRes());

    public void Dispose()
    {
        _items.Clear();
    }
}

internal sealed class GoodPool
{
    private readonly Stack<Res> _items = new();

    public Res Rent() => _items.Count > 0 ? _items.Pop() : new Res();

    public void Return(Res r) => _items.Push(r);
}

internal sealed class GoodDict : IDisposable
{
    private readonly Dictionary<int, Res> _m = new();

    public int Get(int k)
    {
        if (!_m.TryGetValue(k, out var r))
        {
            _m[k] = r = new Res();
        }

        return r.First;
    }

    public void Dispose()
    {
        foreach (var r in _m.Values)
        {
            r.Dispose();
        }
    }
}

internal sealed class BadDict : IDisposable // bad: LIFE013
{
    private readonly Dictionary<int, Res> _m = new();

    public int Get(int k)
    {
        if (!_m.TryGetValue(k, out var r))
        {
            _m[k] = r = new Res();
        }

        return r.First;
    }

    public void Dispose()
    {
        _m.Clear();
    }
}

internal sealed class BadDictRemove : IDisposable // bad: LIFE013
{
    private readonly Dictionary<int, Res> _m = new();

    public int Get(int k)
    {
        if (!_m.TryGetValue(k, out var r))
        {
            _m[k] = r = new Res();
        }

        return r.First;
    }

    public void Drop(int k)
    {
        _m.Remove(k);
    }

    public void Dispose()
    {
        foreach (var r in _m.Values)
        {
            r.Dispose();
        }
    }
}

internal sealed class GoodDictRemove : IDisposable
{
    private readonly Dictionary<int, Res> _m = new();

    public int Get(int k)
    {
        if (!_m.TryGetValue(k, out var r))
        {
            _m[k] = r = new Res();
        }

        return r.First;
    }

    public void Drop(int k)
    {
        if (_m.Remove(k, out var r))
        {
            r.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var r in _m.Values)
        {
            r.Dispose();
        }
    }
}

internal sealed class BadReplace : IDisposable // bad: LIFE013
{
    private readonly Dictionary<int, Res> _m = new();

    public void Put(int k)
    {
        _m[k] = new Res();
    }

    public void Dispose()
    {
        foreach (var r in _m.Values)
        {
            r.Dispose();
        }
    }
}

internal sealed class GoodReplace : IDisposable
{
    private readonly Dictionary<int, Res> _m = new();

    public void Put(int k)
    {
        if (_m.TryGetValue(k, out var o))
        {
            o.Dispose();
        }

        _m[k] = new Res();
    }

    public void Dispose()
    {
        foreach (var r in _m.Values)
        {
            r.Dispose();
        }
    }
}

internal sealed class BadArr : IDisposable // bad: LIFE013
{
    private readonly Res[] _m = new Res[4];

    public BadArr()
    {
        for (int i = 0; i < 4; i++)
        {
            _m[i] = new Res();
        }
    }

    public void Dispose()
    {
    }
}

internal sealed class GoodArr : IDisposable
{
    private readonly Res[] _m = new Res[4];

    public GoodArr()
    {
        for (int i = 0; i < 4; i++)
        {
            _m[i] = new Res();
        }
    }

    public void Dispose()
    {
        foreach (var r in _m)
        {
            r.Dispose();
        }
    }
}

internal sealed class GoodLock : IDisposable
{
    private readonly List<Res> _items = new();

    public void Add()
    {
        lock (_items)
        {
            _items.Add(new Res());
        }
    }

    public void Dispose()
    {
        List<Res> copy;
        lock (_items)
        {
            copy = _items.ToList();
            _items.Clear();
        }

        foreach (var r in copy)
        {
            r.Dispose();
        }
    }
}

internal sealed class GoodAsync : IAsyncDisposable
{
    private readonly List<Res> _items = new();

    public void Add()
    {
        _items.Add(new Res());
    }

    public System.Threading.Tasks.ValueTask DisposeAsync()
    {
        foreach (var r in _items)
        {
            r.Dispose();
        }

        return default;
    }
}

internal sealed class GoodSub : IDisposable
{
    private sealed class Node : IDisposable
    {
        readonly IntPtr p = Marshal.AllocHGlobal(1);
        public void Dispose() => Marshal.FreeHGlobal(p);
    }

    private readonly List<IDisposable> _d = new();

    public void Add() => _d.Add(new Node());

    public void Dispose()
    {
        foreach (var d in _d)
        {
            d.Dispose();
        }
    }
}

internal sealed class GoodQuery : IDisposable
{
    private readonly List<Res> _items = new();

    public void Add() => _items.Add(new Res());

    public void Dispose()
    {
        foreach (var r in _items.OrderBy(x => x.First))
        {
            r.Dispose();
        }

        _items.Clear();
    }
}

internal sealed class GoodRemove : IDisposable
{
    private readonly List<Res> _items = new();

    public void Add() => _items.Add(new Res());

    public void Trim()
    {
        var r = _items[^1];
        r.Dispose();
        _items.RemoveAt(_items.Count - 1);
    }

    public void Dispose()
    {
        foreach (var r in _items)
        {
            r.Dispose();
        }
    }
}

internal sealed class GoodArrLazy : IDisposable
{
    private readonly Res[] _m = new Res[4];

    public int Get(int i)
    {
        _m[i] ??= new Res();
        return _m[i].First;
    }

    public void Dispose()
    {
        for (int i = 0; i < 4; i++)
        {
            _m[i]?.Dispose();
        }
    }
}

internal sealed class BadArrLazy : IDisposable // bad: LIFE013
{
    private readonly Res[] _m = new Res[4];

    public int Get(int i)
    {
        _m[i] ??= new Res();
        return _m[i].First;
    }

    public void Dispose()
    {
        Array.Clear(_m);
    }
}

internal sealed class GoodArrLazy2 : IDisposable
{
    private readonly Res[] _m = new Res[4];

    public int Get(int i)
    {
        if (_m[i] == null)
        {
            _m[i] = new Res();
        }

        return _m[i].First;
    }

    public void Dispose()
    {
        Array.ForEach(_m, r => r?.Dispose());
    }
}

internal sealed class GoodParse
{
    private readonly object[] _stack = new object[10];
    private int n;

    public void Push()
    {
        _stack[n++] = new Res();
    }

    public object Pop() => _stack[--n];
}
