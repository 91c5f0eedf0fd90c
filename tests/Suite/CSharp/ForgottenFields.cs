// weakness: CWE-401
// construct: fields that are cleared or released twice by members that do not end the object
using System;
using System.Buffers;
using System.Runtime.InteropServices;

namespace Cases.ForgottenFields;

internal sealed class BadReset : IDisposable // bad: LIFE013
{
    private IntPtr _p = Marshal.AllocHGlobal(3);

    public IntPtr P => _p;

    public void Reset()
    {
        _p = IntPtr.Zero;
    }

    public void Dispose()
    {
        if (_p != IntPtr.Zero)
        {
            Marshal.FreeHGlobal(_p);
        }
    }
}

internal sealed unsafe class BadEmpty : IDisposable // bad: LIFE013
{
    private byte* _p;
    private int _n;

    public BadEmpty(int n)
    {
        _p = (byte*)NativeMemory.Alloc((nuint)n);
        _n = n;
    }

    public int Sum()
    {
        int s = 0;
        for (int i = 0; i < _n; i++)
        {
            s += _p[i];
        }

        return s;
    }

    public void Empty()
    {
        _p = null;
        _n = 0;
    }

    public void Dispose()
    {
        NativeMemory.Free(_p);
        _p = null;
    }
}

internal sealed class BadClose : IDisposable // bad: LIFE006
{
    private IntPtr _p = Marshal.AllocHGlobal(3);

    public IntPtr P => _p;

    public void Close()
    {
        Marshal.FreeHGlobal(_p);
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_p);
    }
}

internal sealed class GoodClose2 : IDisposable
{
    private IntPtr _p = Marshal.AllocHGlobal(3);

    public IntPtr P => _p;

    public void Close()
    {
        Marshal.FreeHGlobal(_p);
        _p = IntPtr.Zero;
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_p);
    }
}

internal sealed class GoodClose3 : IDisposable
{
    private IntPtr _p = Marshal.AllocHGlobal(3);
    private bool _c;

    public IntPtr P => _p;

    public void Close()
    {
        if (_c)
        {
            return;
        }

        _c = true;
        Marshal.FreeHGlobal(_p);
    }

    public void Dispose() => Close();
}

internal sealed class GoodClose4 : IDisposable
{
    private IntPtr _p = Marshal.AllocHGlobal(3);

    public IntPtr P => _p;

    public void Close()
    {
        Marshal.FreeHGlobal(_p);
    }

    public void Dispose()
    {
        Close();
    }
}

internal sealed class GoodClose5 : IDisposable
{
    private IntPtr _p = Marshal.AllocHGlobal(3);
    private bool _open = true;

    public IntPtr P => _p;

    public void Close()
    {
        Marshal.FreeHGlobal(_p);
        _open = false;
    }

    public void Dispose()
    {
        if (_open)
        {
            Marshal.FreeHGlobal(_p);
        }
    }
}

internal sealed class GoodClose6 : IDisposable
{
    private IntPtr _p = Marshal.AllocHGlobal(3);

    public IntPtr P => _p;

    public void Close() => Dispose();

    public void Dispose()
    {
        Marshal.FreeHGlobal(_p);
    }
}

internal sealed class GoodDetach : IDisposable
{
    private IntPtr _p = Marshal.AllocHGlobal(3);

    public IntPtr Detach()
    {
        var p = _p;
        _p = IntPtr.Zero;
        return p;
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_p);
    }
}

internal sealed class GoodForget : IDisposable
{
    private IntPtr _p = Marshal.AllocHGlobal(3);

    public IntPtr P => _p;

    public void Forget()
    {
        _p = IntPtr.Zero;
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_p);
    }
}

internal sealed class GoodOwned : IDisposable
{
    private IntPtr _p;
    private readonly bool _own;

    public GoodOwned(int n)
    {
        _p = Marshal.AllocHGlobal(n);
        _own = true;
    }

    public GoodOwned(IntPtr p)
    {
        _p = p;
    }

    public IntPtr P => _p;

    public void Reset()
    {
        if (!_own)
        {
            _p = IntPtr.Zero;
        }
    }

    public void Dispose()
    {
        if (_own)
        {
            Marshal.FreeHGlobal(_p);
        }
    }
}

internal sealed class GoodMoved : IDisposable
{
    private IntPtr _p = Marshal.AllocHGlobal(3);

    public void MoveTo(GoodMoved other)
    {
        other.Take(_p);
        _p = IntPtr.Zero;
    }

    public void Take(IntPtr p)
    {
        Marshal.FreeHGlobal(_p);
        _p = p;
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_p);
    }
}

internal sealed class GoodNative : IDisposable
{
    private IntPtr _p = Marshal.AllocHGlobal(3);

    public void Give()
    {
        adopt(_p);
        _p = IntPtr.Zero;
    }

    [DllImport("x")] static extern void adopt(IntPtr p);
    public void Dispose()
    {
        Marshal.FreeHGlobal(_p);
    }
}

internal sealed class GoodHelper : IDisposable
{
    private IntPtr _p = Marshal.AllocHGlobal(3);

    public void Reset()
    {
        Free();
        _p = IntPtr.Zero;
    }

    void Free()
    {
        Marshal.FreeHGlobal(_p);
    }

    public void Dispose()
    {
        Free();
    }
}

internal sealed class GoodPooled : IDisposable
{
    private byte[] _b = ArrayPool<byte>.Shared.Rent(3);

    public int V => _b[0];

    public void Reset()
    {
        _b = null;
    }

    public void Dispose()
    {
        if (_b != null)
        {
            ArrayPool<byte>.Shared.Return(_b);
        }
    }
}

internal sealed class GoodReturned : IDisposable
{
    private IntPtr _p = Marshal.AllocHGlobal(3);

    public void Swap(ref IntPtr other)
    {
        var t = other;
        other = _p;
        _p = t;
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_p);
    }
}

internal static class Arrays
{
    private readonly struct Handle
    {
        public readonly IntPtr P;

        public Handle(IntPtr p)
        {
            P = p;
        }

        public void Free() => Marshal.FreeHGlobal(P);
    }

    private sealed class Pool
    {
        readonly Handle[] _h = new Handle[64];
        int _n;
        public Handle[] Rent(int n)
        {
            var r = new Handle[n];
            for (int i = 0; i < n; i++)
            {
                r[i] = new Handle(Marshal.AllocHGlobal(8));
            }

            return r;
        }

        public bool Return(Span<Handle> hs)
        {
            if (_n + hs.Length > 64)
            {
                return false;
            }

            for (int i = hs.Length - 1; i >= 0; i--)
            {
                _h[_n++] = hs[i];
            }

            return true;
        }
    }

    private sealed class Guard
    {
        readonly Handle[] _h;
        public Guard(Handle[] h)
        {
            _h = h;
        }

        ~Guard()
        {
            foreach (var h in _h)
            {
                h.Free();
            }
        }
    }

    public static void GoodSpanGivenBack()
    {
        var pool = new Pool();
        var a = pool.Rent(4);
        pool.Return(a);
    }

    public static void GoodDirectly()
    {
        var pool = new Pool();
        pool.Return(pool.Rent(4));
    }

    public static void GoodGuarded()
    {
        var pool = new Pool();
        var a = pool.Rent(4);
        _ = new Guard(a);
    }
}
