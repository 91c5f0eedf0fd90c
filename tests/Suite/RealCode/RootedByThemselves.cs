// weakness: CWE-401
// construct: objects that keep themselves alive by a handle until native code calls them
using System;
using System.Runtime.InteropServices;

namespace Cases.RealCode.RootedByThemselves;

[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
internal delegate bool Idle(nint data);

internal static class Loop
{
    [DllImport("native")]
    public static extern uint idle_add(Idle idle, nint data);
}

/// <summary>Lets go of itself when it has been called for the last time; offers nobody else a way to do so.</summary>
internal sealed class Wrapper
{
    private readonly Func<bool> _idle;
    private bool _isCalledOnce;
    private GCHandle _self;

    public Wrapper(Func<bool> idle)
    {
        _idle = idle;
        Native = Run;
    }

    public Idle Native { get; }

    public void PersistUntilCalled()
    {
        _isCalledOnce = true;
        _self = GCHandle.Alloc(this);
    }

    private bool Run(nint data)
    {
        var again = _idle();
        if (_isCalledOnce)
        {
            _self.Free();
        }

        return again;
    }
}

internal sealed class Hook
{
    private readonly Func<bool> _hook;
    private GCHandle _self;

    public Hook(Func<bool> hook)
    {
        _hook = hook;
        _self = GCHandle.Alloc(this);
    }

    public bool Run(nint data)
    {
        var again = _hook();
        if (!again)
        {
            _self.Free();
        }

        return again;
    }
}

/// <summary>Whoever makes one disposes of it.</summary>
internal sealed class Subscription : IDisposable
{
    private GCHandle _self;

    public Subscription() => _self = GCHandle.Alloc(this);

    public nint Data => GCHandle.ToIntPtr(_self);

    public void Dispose()
    {
        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }
}

/// <summary>Nobody ever lets go of it.</summary>
internal sealed class Forgetful
{
    private readonly Func<bool> _hook;
    private GCHandle _self;

    public Forgetful(Func<bool> hook) // bad: LIFE013
    {
        _hook = hook;
        _self = GCHandle.Alloc(this);
    }

    public bool Run(nint data) => _self.IsAllocated && _hook();
}

internal static class Uses
{
    public static void CalledOnce(Func<bool> idle)
    {
        var wrapper = new Wrapper(idle);
        wrapper.PersistUntilCalled();
        Loop.idle_add(wrapper.Native, 0);
    }

    public static void CalledUntilItHasEnough(Func<bool> hook) => Loop.idle_add(new Hook(hook).Run, 0);

    public static void NeverDisposedOf() // bad: LIFE003
    {
        var subscription = new Subscription();
        Loop.idle_add(static data => data != 0, subscription.Data == 0 ? 1 : 2);
    }

    public static void DisposedOf()
    {
        using var subscription = new Subscription();
        Loop.idle_add(static data => data != 0, subscription.Data == 0 ? 1 : 2);
    }
}
