// weakness: CWE-401
// construct: objects and collections of a type that an exchange or a new collection takes the place of

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace Suite.ReplacedContents;

public sealed unsafe class Page : IDisposable
{
    private byte* _start;

    public Page(int size)
    {
        Size = size;
        _start = (byte*)NativeMemory.Alloc((nuint)size);
    }

    public int Size { get; }

    public Span<byte> Bytes => new(_start, Size);

    public void Dispose()
    {
        NativeMemory.Free(_start);
        _start = null;
    }
}

public sealed unsafe class SelfFreed : IDisposable
{
    private byte* _start = (byte*)NativeMemory.Alloc(64);

    ~SelfFreed() => Dispose();

    public void Dispose()
    {
        NativeMemory.Free(_start);
        _start = null;
        GC.SuppressFinalize(this);
    }
}

public sealed class Current : IDisposable
{
    private Page? _page;

    public void Exchanged(int size) // bad: LIFE013
    {
        Interlocked.Exchange(ref _page, new Page(size));
    }

    public void Published(int size) => Volatile.Write(ref _page, new Page(size)); // bad: LIFE013

    public void Dropped() => Interlocked.Exchange(ref _page, null); // bad: LIFE013

    public void DisposedOf(int size) // good
    {
        var former = Interlocked.Exchange(ref _page, new Page(size));
        former?.Dispose();
    }

    public void DisposedFirst(int size) // good
    {
        _page?.Dispose();
        Volatile.Write(ref _page, new Page(size));
    }

    public void OnDemand(int size) // good
    {
        if (Volatile.Read(ref _page) is null)
        {
            Volatile.Write(ref _page, new Page(size));
        }
    }

    public void Initialize(int size) => Interlocked.Exchange(ref _page, new Page(size)); // good

    public void Dispose() => _page?.Dispose();
}

public sealed class Given : IDisposable
{
    private Page? _page;

    public void Next(int size) => Interlocked.Exchange(ref _page, new Page(size))?.Dispose(); // good

    public Page? Detach() => Interlocked.Exchange(ref _page, null); // good

    public void Dispose() => _page?.Dispose();
}

public sealed class Told : IDisposable
{
    private Page? _page;

    public event Action<Page?>? Leaving;

    public void Next(int size) // good
    {
        Leaving?.Invoke(_page);
        Interlocked.Exchange(ref _page, new Page(size));
    }

    public void Dispose() => _page?.Dispose();
}

public sealed class Retired : IDisposable
{
    private readonly ConcurrentQueue<Page> _former = new();
    private Page _page = new(16);

    public void Next(int size) // good
    {
        _former.Enqueue(_page);
        Volatile.Write(ref _page, new Page(size));
    }

    public void Dispose()
    {
        _page.Dispose();
        while (_former.TryDequeue(out var page))
        {
            page.Dispose();
        }
    }
}

public sealed class Finalized : IDisposable
{
    private SelfFreed? _page = new();

    public void Next() => Interlocked.Exchange(ref _page, new SelfFreed()); // good

    public void Dispose() => _page?.Dispose();
}

public sealed class Pages : IDisposable
{
    private List<Page> _pages = new();

    public void Put(int size) => _pages.Add(new Page(size));

    public void Forgotten() // bad: LIFE013
    {
        _pages = new List<Page>();
    }

    public void Again(int capacity) => _pages = new(capacity); // bad: LIFE013

    public void Chosen(IEnumerable<Page> pages) => _pages = new(pages); // good

    public void DisposedOf() // good
    {
        foreach (var page in _pages)
        {
            page.Dispose();
        }

        _pages = new List<Page>();
    }

    public void Dispose()
    {
        foreach (var page in _pages)
        {
            page.Dispose();
        }
    }
}

public sealed class TakenWhole : IDisposable
{
    private List<Page> _pages = new();

    public void Put(int size) => _pages.Add(new Page(size));

    public List<Page> Take() // good
    {
        var taken = _pages;
        _pages = new();
        return taken;
    }

    public void Dispose()
    {
        foreach (var page in _pages)
        {
            page.Dispose();
        }
    }
}

public sealed class Frames : IDisposable
{
    private readonly List<Page> _all = new();
    private List<Page> _now = new();

    public void Put(int size) // good
    {
        var page = new Page(size);
        _now.Add(page);
        _all.Add(page);
    }

    public void Next() => _now = new(); // good

    public void Dispose()
    {
        foreach (var page in _all)
        {
            page.Dispose();
        }
    }
}

public sealed class Handed : IDisposable
{
    private readonly Action<Dictionary<string, Page>> _flush;
    private Dictionary<string, Page> _pages = new();
    private bool _folds;

    public Handed(Action<Dictionary<string, Page>> flush) => _flush = flush;

    public void Put(string name, int size)
    {
        if (_pages.Remove(name, out var former))
        {
            former.Dispose();
        }

        _pages[name] = new Page(size);
    }

    public void Flush() // good
    {
        _flush(_pages);
        _pages = new();
    }

    public void Fold() // good
    {
        if (_folds)
        {
            return;
        }

        _folds = true;
        _pages = new(StringComparer.OrdinalIgnoreCase);
    }

    private void Drop()
    {
        foreach (var page in _pages.Values)
        {
            page.Dispose();
        }
    }

    public void Restart() // good
    {
        Drop();
        _pages = new();
    }

    public void Dispose() => Drop();
}
