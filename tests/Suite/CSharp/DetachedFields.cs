// weakness: CWE-401
// construct: what a member takes out of a field that it clears, for itself or for its caller, and what becomes of it

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Suite.DetachedFields;

internal static unsafe class Library
{
    [DllImport("library")]
    public static extern void library_consume(void* block);
}

public sealed class Adopted : IDisposable
{
    private IntPtr _text;

    public Adopted(IntPtr text) => _text = text;

    public void Dispose()
    {
        Marshal.FreeBSTR(_text);
        _text = IntPtr.Zero;
    }
}

public sealed class Caption : IDisposable
{
    private static IntPtr s_spare;
    private readonly List<IntPtr> _old = new();
    private IntPtr _text;

    public void Set(string text) // good
    {
        if (_text != IntPtr.Zero)
        {
            Marshal.FreeBSTR(_text);
        }

        _text = Marshal.StringToBSTR(text);
    }

    public IntPtr Detach() // good: for the caller
    {
        var text = _text;
        _text = IntPtr.Zero;
        return text;
    }

    public void Detach(out IntPtr text) // good: for the caller
    {
        text = _text;
        _text = IntPtr.Zero;
    }

    public string PopHere()
    {
        var text = _text;
        _text = IntPtr.Zero; // bad: LIFE013
        return Marshal.PtrToStringBSTR(text);
    }

    public string PopByMember()
    {
        var text = Detach(); // bad: LIFE013
        return Marshal.PtrToStringBSTR(text);
    }

    public string PopAndFree() // good
    {
        var text = Detach();
        var copy = Marshal.PtrToStringBSTR(text);
        Marshal.FreeBSTR(text);
        return copy;
    }

    public string PopAndFreeLate() // good
    {
        var text = _text;
        _text = IntPtr.Zero;
        try
        {
            return Marshal.PtrToStringBSTR(text);
        }
        finally
        {
            Marshal.FreeBSTR(text);
        }
    }

    public string Peek() // good: it is put back
    {
        var text = _text;
        _text = IntPtr.Zero;
        var copy = Marshal.PtrToStringBSTR(text);
        _text = text;
        return copy;
    }

    public void PutAside() // good: the list has it
    {
        var text = _text;
        Marshal.WriteInt16(text, 0);
        _text = IntPtr.Zero;
        _old.Add(text);
    }

    public void Spare() // good: the next one finds it there
    {
        var text = _text;
        Marshal.WriteInt16(text, 0);
        _text = IntPtr.Zero;
        if (Interlocked.CompareExchange(ref s_spare, text, IntPtr.Zero) != IntPtr.Zero)
        {
            Marshal.FreeBSTR(text);
        }
    }

    public Task Later() // good: the work frees it
    {
        var text = _text;
        Marshal.WriteInt16(text, 0);
        _text = IntPtr.Zero;
        return Task.Run(() => Marshal.FreeBSTR(text));
    }

    public Adopted Wrap() // good: the object has it
    {
        var text = _text;
        Marshal.WriteInt16(text, 0);
        _text = IntPtr.Zero;
        return new Adopted(text);
    }

    public (IntPtr Text, int Count) DetachWithCount() // good: for the caller
    {
        var text = _text;
        _text = IntPtr.Zero;
        return (text, _old.Count);
    }

    public void Dispose()
    {
        Marshal.FreeBSTR(_text);
        _text = IntPtr.Zero;
        foreach (var old in _old)
        {
            Marshal.FreeBSTR(old);
        }

        _old.Clear();
    }
}

public static unsafe class Readers
{
    public static string Lost(Caption caption)
    {
        var text = caption.Detach(); // bad: LIFE013
        return Marshal.PtrToStringBSTR(text);
    }

    public static string LostByOut(Caption caption)
    {
        caption.Detach(out var text); // bad: LIFE013
        return Marshal.PtrToStringBSTR(text);
    }

    public static string LostEarly(Caption caption, int limit)
    {
        var text = caption.Detach(); // bad: LIFE013
        var copy = Marshal.PtrToStringBSTR(text);
        if (copy.Length > limit)
        {
            return "";
        }

        Marshal.FreeBSTR(text);
        return copy;
    }

    public static string Freed(Caption caption, int limit) // good
    {
        var text = caption.Detach();
        var copy = Marshal.PtrToStringBSTR(text);
        Marshal.FreeBSTR(text);
        return copy.Length > limit ? "" : copy;
    }

    public static string FreedWhenThere(Caption caption) // good
    {
        var text = caption.Detach();
        if (text == IntPtr.Zero)
        {
            return "";
        }

        var copy = Marshal.PtrToStringBSTR(text);
        Marshal.FreeBSTR(text);
        return copy;
    }

    public static IntPtr HandedOn(Caption caption) // good
    {
        var text = caption.Detach();
        Marshal.WriteInt16(text, 0);
        return text;
    }

    public static void GivenAway(Caption caption) // good
    {
        var text = caption.Detach();
        Marshal.WriteInt16(text, 0);
        Library.library_consume((void*)text);
    }

    public static void Collected(Caption caption, List<IntPtr> texts) // good
    {
        var text = caption.Detach();
        Marshal.WriteInt16(text, 0);
        texts.Add(text);
    }

    public static Adopted Adopted(Caption caption) // good
    {
        var text = caption.Detach();
        Marshal.WriteInt16(text, 0);
        return new Adopted(text);
    }
}

public sealed class Page : IDisposable
{
    private readonly IntPtr _memory = Marshal.AllocHGlobal(4096);

    public int First() => Marshal.ReadInt32(_memory);

    public void Dispose() => Marshal.FreeHGlobal(_memory);
}

public sealed class Book : IDisposable
{
    private Page? _page;
    private Page? _spare;

    public Book() => _page = new Page();

    public event Action<Page>? Dropped;

    public int Tear()
    {
        var page = _page;
        if (page == null)
        {
            return 0;
        }

        _page = null; // bad: LIFE013
        return page.First();
    }

    public int TearAndDispose() // good
    {
        var page = _page;
        if (page == null)
        {
            return 0;
        }

        _page = null;
        var first = page.First();
        page.Dispose();
        return first;
    }

    public void TearByUsing() // good
    {
        using var page = _page;
        _page = null;
    }

    public async Task TearLater() // good
    {
        var page = _page;
        if (page == null)
        {
            return;
        }

        _page = null;
        await Task.Yield();
        page.Dispose();
    }

    public void TearUnderLock() // good
    {
        Page? page;
        lock (this)
        {
            page = _page;
            _page = null;
        }

        page?.Dispose();
    }

    public void PutAside() // good
    {
        var page = _page;
        if (page == null)
        {
            return;
        }

        _page = null;
        _spare?.Dispose();
        _spare = page;
    }

    public void Drop() // good: who listens may take it
    {
        var page = _page;
        if (page == null)
        {
            return;
        }

        _page = null;
        Dropped?.Invoke(page);
    }

    public void Dispose()
    {
        _page?.Dispose();
        _page = null;
        _spare?.Dispose();
        _spare = null;
    }
}
