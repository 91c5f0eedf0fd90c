// weakness: CWE-401, CWE-772
// construct: elements of collections that one member releases and another one forgets
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.DroppedElements;

internal sealed unsafe class Sheet : IDisposable
{
    private byte* _bytes;

    public Sheet(int size)
    {
        _bytes = (byte*)NativeMemory.Alloc((nuint)size);
        Size = size;
    }

    public int Size { get; }

    public void Dispose()
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
    }
}

internal sealed class Printer : IDisposable
{
    private readonly Queue<Sheet> _waiting = new();
    private Sheet? _shown;

    public void Add(Sheet sheet)
    {
        while (_waiting.Count >= 16)
        {
            _waiting.Dequeue().Dispose();
        }

        _waiting.Enqueue(sheet);
    }

    public void AddBad(Sheet sheet)
    {
        while (_waiting.Count >= 16)
        {
            _waiting.Dequeue(); // bad: LIFE013
        }

        _waiting.Enqueue(sheet);
    }

    public Sheet Next() => _waiting.Dequeue();

    public int NextSizeBad() => _waiting.Dequeue().Size; // bad: LIFE013

    public void Rotate() => _waiting.Enqueue(_waiting.Dequeue());

    public void Show()
    {
        _shown?.Dispose();
        _shown = _waiting.Dequeue();
    }

    public void StopBad()
    {
        _waiting.Clear(); // bad: LIFE013
        _shown?.Dispose();
        _shown = null;
    }

    public void Stop()
    {
        foreach (var sheet in _waiting)
        {
            sheet.Dispose();
        }

        _waiting.Clear();
    }

    public void Dispose()
    {
        Stop();
        _shown?.Dispose();
        _shown = null;
    }
}

internal sealed class Drawers : IDisposable
{
    private readonly ConcurrentDictionary<int, Sheet> _sheets = new();

    public bool Put(int number, Sheet sheet) => _sheets.TryAdd(number, sheet);

    public void Replace(int number, Sheet sheet) => _sheets.AddOrUpdate(number, sheet, (_, old) =>
    {
        old.Dispose();
        return sheet;
    });

    public bool Discard(int number)
    {
        if (!_sheets.TryRemove(number, out var sheet))
        {
            return false;
        }

        sheet.Dispose();
        return true;
    }

    public bool DiscardBad(int number) => _sheets.TryRemove(number, out _); // bad: LIFE013

    public Sheet? Detach(int number) => _sheets.TryRemove(number, out var sheet) ? sheet : null;

    public bool DetachOnly(int number) => _sheets.TryRemove(number, out _);

    public void DiscardAll()
    {
        foreach (var number in _sheets.Keys)
        {
            Discard(number);
        }

        _sheets.Clear();
    }

    public void ResetBad() => _sheets.Clear(); // bad: LIFE013

    public void Dispose()
    {
        foreach (var pair in _sheets)
        {
            pair.Value.Dispose();
        }

        _sheets.Clear();
    }
}

internal sealed class Layers : IDisposable
{
    private readonly List<Sheet> _layers = new();

    public void Add(Sheet sheet) => _layers.Add(sheet);

    public void Prune(Predicate<Sheet> isOld)
    {
        for (var i = _layers.Count - 1; i >= 0; i--)
        {
            if (isOld(_layers[i]))
            {
                _layers[i].Dispose();
                _layers.RemoveAt(i);
            }
        }
    }

    public void PruneBad(Predicate<Sheet> isOld) => _layers.RemoveAll(isOld); // bad: LIFE013

    public void PruneEmptyBad() => _layers.RemoveAll(layer => layer.Size == 0); // bad: LIFE013

    public void PruneAndRelease(Predicate<Sheet> isOld) => _layers.RemoveAll(layer =>
    {
        var goes = isOld(layer);
        if (goes)
        {
            layer.Dispose();
        }

        return goes;
    });

    public void Exchange(int at, Sheet layer)
    {
        var before = _layers[at];
        _layers[at] = layer;
        before.Dispose();
    }

    public void ExchangeBad(int at, Sheet layer)
    {
        _layers[at] = layer; // bad: LIFE013
    }

    public void DoubleBad(int at) => _layers[at] = new Sheet(_layers[at].Size * 2); // bad: LIFE013

    public void Hand(Sheet layer) => _layers.Remove(layer);

    public void Dispose()
    {
        _layers.ForEach(static layer => layer.Dispose());
        _layers.Clear();
    }
}

internal sealed class RecentSheets : IDisposable
{
    private readonly Dictionary<string, LinkedListNode<(string Name, Sheet Sheet)>> _nodes = new();
    private readonly LinkedList<(string Name, Sheet Sheet)> _order = new();

    public void Add(string name, Sheet sheet)
    {
        if (_nodes.Remove(name, out var before))
        {
            _order.Remove(before);
            before.Value.Sheet.Dispose();
        }

        _nodes[name] = _order.AddFirst((name, sheet));
    }

    public void Shrink()
    {
        var last = _order.Last!;
        _order.RemoveLast();
        _nodes.Remove(last.Value.Name);
        last.Value.Sheet.Dispose();
    }

    public void Touch(string name)
    {
        if (_nodes.TryGetValue(name, out var node))
        {
            _order.Remove(node);
            _order.AddFirst(node);
        }
    }

    public void Unname(string name) => _nodes.Remove(name);

    public void ShrinkBad()
    {
        var last = _order.Last!;
        _order.RemoveLast(); // bad: LIFE013
        _nodes.Remove(last.Value.Name);
    }

    public void Dispose()
    {
        foreach (var (_, sheet) in _order)
        {
            sheet.Dispose();
        }

        _order.Clear();
        _nodes.Clear();
    }
}

// whoever puts a sheet in takes it back: nobody here releases one but at the end
internal sealed class Board : IDisposable
{
    private readonly Dictionary<int, Sheet> _pinned = new();

    public void Pin(int number, Sheet sheet) => _pinned[number] = sheet;

    public void PinAgain(int number, Sheet sheet) => _pinned[number] = sheet;

    public bool Unpin(int number) => _pinned.Remove(number);

    public void Dispose()
    {
        foreach (var sheet in _pinned.Values)
        {
            sheet.Dispose();
        }

        _pinned.Clear();
    }
}

// each sheet is in the list as well, which releases it
internal sealed class Archive : IDisposable
{
    private readonly List<Sheet> _all = new();
    private readonly Dictionary<int, Sheet> _byNumber = new();

    public void Add(int number, Sheet sheet)
    {
        _all.Add(sheet);
        _byNumber[number] = sheet;
    }

    public void Shred(int number)
    {
        if (_byNumber.Remove(number, out var sheet))
        {
            _all.Remove(sheet);
            sheet.Dispose();
        }
    }

    public bool Hide(int number) => _byNumber.Remove(number);

    public void Dispose()
    {
        foreach (var sheet in _all)
        {
            sheet.Dispose();
        }

        _all.Clear();
        _byNumber.Clear();
    }
}

internal sealed class Session : IDisposable
{
    private readonly nint _state = Marshal.AllocHGlobal(64);

    public event Action? Closed;

    public void Dispose()
    {
        Marshal.FreeHGlobal(_state);
        Closed?.Invoke();
    }
}

// a session that closes by itself is taken out, and has released what it had
internal sealed class Sessions : IDisposable
{
    private readonly ConcurrentDictionary<int, Session> _open = new();

    public void Add(int number, Session session)
    {
        session.Closed += () => Closed(number);
        _open[number] = session;
    }

    public void Kick(int number)
    {
        if (_open.TryRemove(number, out var session))
        {
            session.Dispose();
        }
    }

    public void Closed(int number) => _open.TryRemove(number, out _);

    public void Dispose()
    {
        foreach (var session in _open.Values)
        {
            session.Dispose();
        }

        _open.Clear();
    }
}

internal sealed class Places : IDisposable
{
    private readonly List<Sheet> _sheets = new();
    private readonly Sheet?[] _marks = new Sheet?[8];

    public void Add(int size) => _sheets.Add(new Sheet(size));

    public void Renew(int at, int size)
    {
        _sheets[at].Dispose();
        _sheets[at] = new Sheet(size);
    }

    public void RenewBad(int at, int size) => _sheets[at] = new Sheet(size); // bad: LIFE013

    public Sheet Mark(int at) => _marks[at] ??= new Sheet(8);

    public void WipeMarks() => Array.Clear(_marks); // bad: LIFE013

    public void Dispose()
    {
        foreach (var sheet in _sheets)
        {
            sheet.Dispose();
        }

        for (var i = 0; i < _marks.Length; i++)
        {
            _marks[i]?.Dispose();
            _marks[i] = null;
        }
    }
}
