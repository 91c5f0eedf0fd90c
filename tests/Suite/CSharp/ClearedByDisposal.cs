// weakness: CWE-401
// construct: fields that the disposal clears, and other members that fill or forget them
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Cases.ClearedByDisposal;

internal sealed class Leaf : IDisposable
{
    private IntPtr _p = Marshal.AllocHGlobal(8);

    public void Poke() => Marshal.WriteByte(_p, 1);

    public void Dispose()
    {
        IntPtr p = _p;
        _p = IntPtr.Zero;
        if (p != IntPtr.Zero)
        {
            Marshal.FreeHGlobal(p);
        }
    }
}

internal sealed class ReplacedBad : IDisposable
{
    private Leaf? _leaf;

    public void Renew() => _leaf = new Leaf(); // bad: LIFE013

    public void Dispose()
    {
        _leaf?.Dispose();
        _leaf = null;
    }
}

internal sealed class ReplacedFromStartBad : IDisposable
{
    private Leaf? _leaf = new();

    public void Renew(int n)
    {
        if (n > 3)
        {
            return;
        }

        _leaf = new Leaf(); // bad: LIFE013
    }

    public void Dispose()
    {
        if (_leaf != null)
        {
            _leaf.Dispose();
            _leaf = null;
        }
    }
}

internal sealed class ForgottenBad : IDisposable
{
    private Leaf? _leaf;

    public int Cancelled { get; private set; }

    public void Start()
    {
        _leaf?.Dispose();
        _leaf = new Leaf();
    }

    public void Cancel() // bad: LIFE013
    {
        Cancelled++;
        _leaf = null;
    }

    public void Dispose()
    {
        _leaf?.Dispose();
        _leaf = null;
    }
}

internal sealed class ReplacedGood : IDisposable
{
    private Leaf? _leaf;

    public void Renew()
    {
        _leaf?.Dispose();
        _leaf = new Leaf();
    }

    public void RenewAll()
    {
        Dispose();
        _leaf = new Leaf();
    }

    public void RenewBehind()
    {
        Leaf? old = _leaf;
        _leaf = new Leaf();
        old?.Dispose();
    }

    public void RenewLater()
    {
        Leaf? old = _leaf;
        _leaf = new Leaf();
        Task.Run(() => old?.Dispose());
    }

    public void RenewAtOnce() => Interlocked.Exchange(ref _leaf, new Leaf())?.Dispose();

    public void Dispose()
    {
        _leaf?.Dispose();
        _leaf = null;
    }
}

internal sealed class StoppedGood : IDisposable
{
    private Leaf? _leaf;

    public void Start()
    {
        Stop();
        _leaf = new Leaf();
    }

    public void Stop()
    {
        _leaf?.Dispose();
        _leaf = null;
    }

    public Leaf? Detach()
    {
        Leaf? leaf = _leaf;
        _leaf = null;
        return leaf;
    }

    public void Dispose()
    {
        _leaf?.Dispose();
        _leaf = null;
    }
}

internal sealed class FlaggedGood : IDisposable
{
    private Leaf? _leaf;
    private bool _has;

    public void Renew()
    {
        if (_has)
        {
            _leaf!.Dispose();
        }

        _leaf = new Leaf();
        _has = true;
    }

    public void Dispose()
    {
        if (_has)
        {
            _leaf!.Dispose();
        }

        _leaf = null;
        _has = false;
    }
}

internal sealed class GivenBackGood : IDisposable
{
    private readonly Action<Leaf> _giveBack;
    private Leaf? _leaf;

    public GivenBackGood(Action<Leaf> giveBack) => _giveBack = giveBack;

    public void Begin() => _leaf ??= new Leaf();

    public void End()
    {
        _giveBack(_leaf!);
        _leaf = null;
    }

    public void Dispose()
    {
        _leaf?.Dispose();
        _leaf = null;
    }
}

internal sealed class MovedGood : IDisposable
{
    private Leaf? _now;
    private Leaf? _before;

    public void Start() => _now ??= new Leaf();

    public void Move()
    {
        _before?.Dispose();
        _before = _now;
        _now = null;
    }

    public void Dispose()
    {
        _now?.Dispose();
        _now = null;
        _before?.Dispose();
        _before = null;
    }
}

internal sealed class GatheredGood : IDisposable
{
    private readonly List<Leaf> _all = new();
    private Leaf? _last;

    public void Add()
    {
        _last = new Leaf();
        _all.Add(_last);
    }

    public void Forget() => _last = null;

    public void Dispose()
    {
        foreach (Leaf leaf in _all)
        {
            leaf.Dispose();
        }

        _all.Clear();
        _last = null;
    }
}

internal sealed class Holder : IDisposable
{
    private readonly Leaf _leaf = new();

    public Leaf Inner => _leaf;

    public void Touch() => _leaf.Poke();

    public void Dispose() => _leaf.Dispose();
}

internal static class Holders
{
    public static void Touched() // bad: LIFE007
    {
        var holder = new Holder();
        holder.Dispose();
        holder.Touch();
    }

    public static void InnerTouched() // bad: LIFE007
    {
        var holder = new Holder();
        Leaf leaf = holder.Inner;
        holder.Dispose();
        leaf.Poke();
    }

    public static void Good()
    {
        var holder = new Holder();
        holder.Inner.Poke();
        holder.Touch();
        holder.Dispose();
    }

    public static void OtherLeafGood()
    {
        var leaf = new Leaf();
        var holder = new Holder();
        holder.Dispose();
        leaf.Poke();
        leaf.Dispose();
    }
}
