// weakness: CWE-401
// construct: blocks in structs and tuples in fields that are released when there is one, owners that move on from field to field, setters that look whether it is the same object
using System;
using System.Runtime.InteropServices;

namespace Cases.FieldsChangedInSteps;

internal struct Names
{
    public nint Name;
    public nint Path;
    public int Count;
}

internal sealed class Leaf : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(8);

    public byte First => Marshal.ReadByte(_block);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

internal sealed class BothReleased : IDisposable
{
    private Names _names;

    public BothReleased(string name, string path)
    {
        _names.Name = Marshal.StringToHGlobalUni(name);
        _names.Path = Marshal.StringToHGlobalUni(path);
    }

    public void Dispose()
    {
        if (_names.Name != 0)
        {
            Marshal.FreeHGlobal(_names.Name);
        }

        if (_names.Path != 0)
        {
            Marshal.FreeHGlobal(_names.Path);
        }

        _names = default;
    }
}

internal sealed class OneForgotten : IDisposable
{
    private Names _names;

    public OneForgotten(string name, string path)
    {
        _names.Name = Marshal.StringToHGlobalUni(name);
        _names.Path = Marshal.StringToHGlobalUni(path); // bad: LIFE013
    }

    public void Dispose()
    {
        if (_names.Name != 0)
        {
            Marshal.FreeHGlobal(_names.Name);
        }

        _names = default;
    }
}

internal sealed class OnlyCleared : IDisposable
{
    private Names _names;

    public OnlyCleared(string name) => _names.Name = Marshal.StringToHGlobalUni(name); // bad: LIFE013

    public void Dispose() => _names = default;
}

internal sealed class TakenOutFirst : IDisposable
{
    private Names _names;

    public TakenOutFirst(string name) => _names = new Names { Name = Marshal.StringToHGlobalUni(name), Count = 1 };

    public void Dispose()
    {
        var names = _names;
        _names = default;
        if (names.Name != 0)
        {
            Marshal.FreeHGlobal(names.Name);
        }
    }
}

internal sealed class Pair : IDisposable
{
    private (nint Block, int Size) _pair;

    public void Ensure(int size)
    {
        if (size > _pair.Size)
        {
            _pair = (_pair.Block == 0 ? Marshal.AllocHGlobal(size) : Marshal.ReAllocHGlobal(_pair.Block, size), size);
        }
    }

    public void Dispose()
    {
        if (_pair.Block != 0)
        {
            Marshal.FreeHGlobal(_pair.Block);
        }

        _pair = default;
    }
}

internal sealed class MovesOn : IDisposable
{
    private Leaf _current = new();
    private Leaf _previous = new();

    public int Change => _current.First - _previous.First;

    public void Next()
    {
        _previous.Dispose();
        _previous = _current;
        _current = new Leaf();
    }

    public void Dispose()
    {
        _previous.Dispose();
        _current.Dispose();
    }
}

internal sealed class MovesOnAndReleasesLast : IDisposable
{
    private Leaf _current = new();
    private Leaf _previous = new();

    public void Next()
    {
        var old = _previous;
        _previous = _current;
        _current = new Leaf();
        old.Dispose();
    }

    public void Dispose()
    {
        _previous.Dispose();
        _current.Dispose();
    }
}

internal sealed class MovesOver : IDisposable
{
    private Leaf _current = new();
    private Leaf _previous = new();

    public void Next()
    {
        _previous = _current;
        _current = new Leaf(); // bad: LIFE013
    }

    public void Dispose()
    {
        _previous.Dispose();
        _current.Dispose();
    }
}

internal sealed class Slot : IDisposable
{
    private Leaf? _leaf;

    public Leaf? Value
    {
        get => _leaf;
        set
        {
            if (!ReferenceEquals(_leaf, value))
            {
                _leaf?.Dispose();
                _leaf = value;
            }
        }
    }

    public void Renew() => Value = new Leaf();

    public void RenewByHand() => Put(new Leaf());

    public void RenewWhenAsked(bool isAsked) // bad: LIFE004
    {
        var leaf = new Leaf();
        if (isAsked)
        {
            Put(leaf);
        }
    }

    public void Dispose() => Put(null);

    private void Put(Leaf? leaf)
    {
        if (_leaf == leaf)
        {
            return;
        }

        _leaf?.Dispose();
        _leaf = leaf;
    }
}

internal sealed class LateSlot : IDisposable
{
    private Leaf? _leaf;

    public Leaf? Value
    {
        get => _leaf;
        set
        {
            var old = _leaf;
            _leaf = value;
            if (old != value)
            {
                old?.Dispose();
            }
        }
    }

    public void Renew() => Value = new Leaf();

    public void Dispose() => Value = null;
}

internal sealed class EqualSlot : IDisposable
{
    private Leaf? _leaf;

    public void Renew() => Put(new Leaf());

    public void Dispose() => Put(null);

    private void Put(Leaf? leaf)
    {
        if (!Equals(_leaf, leaf))
        {
            _leaf?.Dispose();
            _leaf = leaf;
        }
    }
}

internal static class Slots
{
    public static int Last(int count)
    {
        Leaf? current = null;
        for (var i = 0; i < count; i++)
        {
            Set(ref current, new Leaf());
        }

        var last = current?.First ?? 0;
        Set(ref current, null);
        return last;
    }

    public static int Kept(int count) // bad: LIFE004
    {
        Leaf? current = null;
        for (var i = 0; i < count; i++)
        {
            Set(ref current, new Leaf());
        }

        return current?.First ?? 0;
    }

    private static void Set(ref Leaf? slot, Leaf? value)
    {
        if (ReferenceEquals(slot, value))
        {
            return;
        }

        slot?.Dispose();
        slot = value;
    }
}
