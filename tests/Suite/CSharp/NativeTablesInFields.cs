// weakness: CWE-401
// construct: native arrays of blocks in fields
using System;
using System.Runtime.InteropServices;

namespace Cases.NativeTablesInFields;

internal sealed unsafe class BadJagged : IDisposable // bad: LIFE013
{
    private byte** _rows;
    private int _n;

    public BadJagged(int n)
    {
        _n = n;
        _rows = (byte**)NativeMemory.Alloc((nuint)(n * sizeof(byte*)));
        for (int i = 0; i < n; i++)
        {
            _rows[i] = (byte*)NativeMemory.Alloc(100);
        }
    }

    public byte At(int i, int j) => _rows[i][j];

    public void Dispose()
    {
        NativeMemory.Free(_rows);
    }
}

internal sealed unsafe class BadJagged2 : IDisposable // bad: LIFE013
{
    private byte** _rows;
    private int _n;

    public BadJagged2(int n)
    {
        _n = n;
        var rows = (byte**)NativeMemory.Alloc((nuint)(n * sizeof(byte*)));
        for (int i = 0; i < n; i++)
        {
            rows[i] = (byte*)NativeMemory.Alloc(100);
        }

        _rows = rows;
    }

    public byte At(int i, int j) => _rows[i][j];

    public void Dispose()
    {
        NativeMemory.Free(_rows);
        _rows = null;
    }
}

internal sealed unsafe class GoodJagged : IDisposable
{
    private byte** _rows;
    private int _n;

    public GoodJagged(int n)
    {
        _n = n;
        _rows = (byte**)NativeMemory.Alloc((nuint)(n * sizeof(byte*)));
        for (int i = 0; i < n; i++)
        {
            _rows[i] = (byte*)NativeMemory.Alloc(100);
        }
    }

    public byte At(int i, int j) => _rows[i][j];

    public void Dispose()
    {
        for (int i = 0; i < _n; i++)
        {
            NativeMemory.Free(_rows[i]);
        }

        NativeMemory.Free(_rows);
    }
}

internal sealed unsafe class GoodJagged2 : IDisposable
{
    private byte** _rows;
    private int _n;

    public GoodJagged2(int n)
    {
        _n = n;
        _rows = (byte**)NativeMemory.Alloc((nuint)(n * sizeof(byte*)));
        for (int i = 0; i < n; i++)
        {
            _rows[i] = (byte*)NativeMemory.Alloc(100);
        }
    }

    public void Dispose()
    {
        var r = _rows;
        for (int i = 0; i < _n; i++)
        {
            NativeMemory.Free(r[i]);
        }

        NativeMemory.Free(r);
    }
}

internal sealed unsafe class GoodJagged3 : IDisposable
{
    private byte** _rows;
    private int _n;

    public GoodJagged3(int n)
    {
        _n = n;
        _rows = (byte**)NativeMemory.Alloc((nuint)(n * sizeof(byte*)));
        for (int i = 0; i < n; i++)
        {
            _rows[i] = (byte*)NativeMemory.Alloc(100);
        }
    }

    public void Dispose()
    {
        while (_n > 0)
        {
            NativeMemory.Free(_rows[--_n]);
        }

        NativeMemory.Free(_rows);
    }
}

internal sealed unsafe class GoodJagged4 : IDisposable
{
    private byte** _rows;
    private int _n;

    public GoodJagged4(int n)
    {
        _n = n;
        _rows = (byte**)NativeMemory.Alloc((nuint)(n * sizeof(byte*)));
        for (int i = 0; i < n; i++)
        {
            _rows[i] = (byte*)NativeMemory.Alloc(100);
        }
    }

    void FreeRow(int i)
    {
        NativeMemory.Free(_rows[i]);
    }

    public void Dispose()
    {
        for (int i = 0; i < _n; i++)
        {
            FreeRow(i);
        }

        NativeMemory.Free(_rows);
    }
}

internal sealed unsafe class GoodJagged5 : IDisposable
{
    private byte** _rows;
    private int _n;

    public GoodJagged5(int n)
    {
        _n = n;
        _rows = (byte**)NativeMemory.Alloc((nuint)(n * sizeof(byte*)));
        for (int i = 0; i < n; i++)
        {
            _rows[i] = (byte*)NativeMemory.Alloc(100);
        }
    }

    static void FreeAll(byte** rows, int n)
    {
        for (int i = 0; i < n; i++)
        {
            NativeMemory.Free(rows[i]);
        }
    }

    public void Dispose()
    {
        FreeAll(_rows, _n);
        NativeMemory.Free(_rows);
    }
}

internal sealed unsafe class GoodJagged6 : IDisposable
{
    private byte** _rows;
    private int _n;
    private byte* _slab;

    public GoodJagged6(int n)
    {
        _n = n;
        _slab = (byte*)NativeMemory.Alloc((nuint)n * 100);
        _rows = (byte**)NativeMemory.Alloc((nuint)(n * sizeof(byte*)));
        for (int i = 0; i < n; i++)
        {
            _rows[i] = _slab + i * 100;
        }
    }

    public void Dispose()
    {
        NativeMemory.Free(_slab);
        NativeMemory.Free(_rows);
    }
}

internal sealed unsafe class GoodJagged8 : IDisposable
{
    private byte** _rows;
    private int _n;

    public GoodJagged8(int n)
    {
        _n = n;
        _rows = (byte**)NativeMemory.Alloc((nuint)(n * sizeof(byte*)));
        _rows[0] = (byte*)NativeMemory.Alloc((nuint)n * 100);
        for (int i = 1; i < n; i++)
        {
            _rows[i] = _rows[i - 1] + 100;
        }
    }

    public void Dispose()
    {
        NativeMemory.Free(_rows[0]);
        NativeMemory.Free(_rows);
    }
}

internal sealed unsafe class BadSlots : IDisposable // bad: LIFE013
{
    void** _s = (void**)NativeMemory.AllocZeroed(8, (nuint)sizeof(void*));
    public void Set(int i)
    {
        _s[i] = NativeMemory.Alloc(10);
    }

    public void Dispose()
    {
        NativeMemory.Free(_s);
    }
}

internal sealed unsafe class GoodSlots : IDisposable
{
    void** _s = (void**)NativeMemory.AllocZeroed(8, (nuint)sizeof(void*));
    public void Set(int i)
    {
        NativeMemory.Free(_s[i]);
        _s[i] = NativeMemory.Alloc(10);
    }

    public void Dispose()
    {
        for (int i = 0; i < 8; i++)
        {
            NativeMemory.Free(_s[i]);
        }

        NativeMemory.Free(_s);
    }
}

internal sealed unsafe class GoodSlots2 : IDisposable
{
    void** _s = (void**)NativeMemory.AllocZeroed(8, (nuint)sizeof(void*));
    public void Set(int i)
    {
        if (_s[i] == null)
        {
            _s[i] = NativeMemory.Alloc(10);
        }
    }

    public void Dispose()
    {
        for (void** p = _s; p < _s + 8; p++)
        {
            NativeMemory.Free(*p);
        }

        NativeMemory.Free(_s);
    }
}

internal sealed unsafe class GoodSlots3 : IDisposable
{
    void** _s = (void**)NativeMemory.AllocZeroed(8, (nuint)sizeof(void*));
    public void Set(int i)
    {
        if (_s[i] == null)
        {
            _s[i] = NativeMemory.Alloc(10);
        }
    }

    public void Dispose()
    {
        foreach (var q in new Span<nint>(_s, 8))
        {
            NativeMemory.Free((void*)q);
        }

        NativeMemory.Free(_s);
    }
}

internal sealed unsafe class GoodSlots4 : IDisposable
{
    void** _s = (void**)NativeMemory.AllocZeroed(8, (nuint)sizeof(void*));
    static void* s_shared = NativeMemory.Alloc(1);

    public void Set(int i)
    {
        _s[i] = s_shared;
    }

    public void Dispose()
    {
        NativeMemory.Free(_s);
    }
}

internal sealed unsafe class BadCountChanges : IDisposable // bad: LIFE013
{
    private byte** _rows;
    private int _n;

    public BadCountChanges(int n)
    {
        _n = n;
        _rows = (byte**)NativeMemory.Alloc((nuint)(n * sizeof(byte*)));
        for (int i = 0; i < n; i++)
        {
            _rows[i] = (byte*)NativeMemory.Alloc(100);
        }
    }

    public void Grow() => _n++;

    public byte At(int i, int j) => _rows[i][j];

    public void Dispose()
    {
        NativeMemory.Free(_rows);
    }
}

internal sealed unsafe class BadCountNotKept : IDisposable // bad: LIFE013
{
    private readonly byte** _rows;

    public BadCountNotKept(int n)
    {
        _rows = (byte**)NativeMemory.Alloc((nuint)n, (nuint)sizeof(byte*));
        for (int i = 0; i < n; i++)
        {
            _rows[i] = (byte*)NativeMemory.Alloc(100);
        }
    }

    public byte At(int i, int j) => _rows[i][j];

    public void Dispose()
    {
        NativeMemory.Free(_rows);
    }
}

internal sealed unsafe class BadHalfFilled : IDisposable // bad: LIFE013
{
    private readonly byte** _rows;
    private readonly int _n;

    public BadHalfFilled(int n)
    {
        _n = n;
        _rows = (byte**)NativeMemory.Alloc((nuint)n, (nuint)sizeof(byte*));
        for (int i = 0; i < n; i++)
        {
            if (i == 5)
            {
                break;
            }

            _rows[i] = (byte*)NativeMemory.Alloc(100);
        }
    }

    public byte At(int i, int j) => _rows[i][j];

    public void Dispose()
    {
        NativeMemory.Free(_rows);
    }
}

internal sealed unsafe class BadFinalized : IDisposable // bad: LIFE013
{
    private byte** _rows;
    private int _n;

    public BadFinalized(int n)
    {
        _n = n;
        _rows = (byte**)NativeMemory.Alloc((nuint)(n * sizeof(byte*)));
        for (int i = 0; i < n; i++)
        {
            _rows[i] = (byte*)NativeMemory.Alloc(100);
        }
    }

    ~BadFinalized() => Dispose();

    public void Dispose()
    {
        NativeMemory.Free(_rows);
        _rows = null;
        GC.SuppressFinalize(this);
    }
}

internal sealed unsafe class BadArrow : IDisposable // bad: LIFE013
{
    private readonly void** _more = (void**)NativeMemory.AllocZeroed(16, (nuint)sizeof(void*));

    public void Set(int i)
    {
        if (_more[i] == null)
        {
            _more[i] = NativeMemory.Alloc(10);
        }
    }

    public void Dispose() => NativeMemory.Free(_more);
}

internal sealed unsafe class BadWhenOpen : IDisposable // bad: LIFE013
{
    private const int Slots = 16;
    private void** _slots = (void**)NativeMemory.AllocZeroed(Slots, (nuint)sizeof(void*));

    public void Set(int i)
    {
        if (_slots[i] == null)
        {
            _slots[i] = NativeMemory.Alloc(10);
        }
    }

    public void Dispose()
    {
        if (_slots != null)
        {
            NativeMemory.Free(_slots);
            _slots = null;
        }
    }
}

internal sealed unsafe class BadCountInProperty : IDisposable // bad: LIFE013
{
    private readonly byte** _rows;

    public BadCountInProperty(int n)
    {
        Count = n;
        _rows = (byte**)NativeMemory.Alloc((nuint)n, (nuint)sizeof(byte*));
        for (int i = 0; i < n; ++i)
        {
            _rows[i] = (byte*)NativeMemory.Alloc(100);
        }
    }

    public int Count { get; }

    public byte At(int i, int j) => _rows[i][j];

    public void Dispose()
    {
        NativeMemory.Free(_rows);
    }
}

internal sealed unsafe class BadReturnsEarly : IDisposable // bad: LIFE013
{
    private readonly byte** _rows;
    private readonly int _n;

    public BadReturnsEarly(int n, bool fill)
    {
        _n = n;
        _rows = (byte**)NativeMemory.Alloc((nuint)n, (nuint)sizeof(byte*));
        if (!fill)
        {
            return;
        }

        for (int i = 0; i < n; i++)
        {
            _rows[i] = (byte*)NativeMemory.Alloc(100);
        }
    }

    public byte At(int i, int j) => _rows[i][j];

    public void Dispose()
    {
        NativeMemory.Free(_rows);
    }
}

/// <summary>The rows lie in one block, which the first of them releases.</summary>
internal sealed unsafe class GoodSlabBehindFirstRow : IDisposable
{
    private readonly byte* _slab;
    private readonly byte** _rows;

    public GoodSlabBehindFirstRow(int n, int width)
    {
        _slab = (byte*)NativeMemory.Alloc((nuint)(n * width));
        _rows = (byte**)NativeMemory.Alloc((nuint)(n * sizeof(byte*)));
        _rows[0] = _slab;
        for (int i = 1; i < n; i++)
        {
            _rows[i] = _rows[0] + (i * width);
        }
    }

    public byte At(int i, int j) => _rows[i][j];

    public void Dispose()
    {
        NativeMemory.Free(_rows[0]);
        NativeMemory.Free(_rows);
    }
}

internal sealed unsafe class BadSlab : IDisposable // bad: LIFE013
{
    private readonly byte* _slab;
    private readonly byte** _rows;

    public BadSlab(int n, int width)
    {
        _slab = (byte*)NativeMemory.Alloc((nuint)(n * width));
        _rows = (byte**)NativeMemory.Alloc((nuint)(n * sizeof(byte*)));
        for (int i = 0; i < n; i++)
        {
            _rows[i] = _slab + (i * width);
        }
    }

    public byte At(int i, int j) => _rows[i][j];

    public void Dispose()
    {
        NativeMemory.Free(_rows);
    }
}
