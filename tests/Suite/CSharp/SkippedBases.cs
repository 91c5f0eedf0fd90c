// weakness: CWE-401
// construct: overrides of Dispose that leave out the base
using System;
using System.Runtime.InteropServices;

namespace Cases.SkippedBases;

internal class Plain : IDisposable
{
    private IntPtr _block = Marshal.AllocHGlobal(16);

    public byte First => Marshal.ReadByte(_block);

    public virtual void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = IntPtr.Zero;
    }
}

internal sealed class PlainBad : Plain // bad: LIFE013
{
    private IntPtr _more = Marshal.AllocHGlobal(16);

    public override void Dispose()
    {
        Marshal.FreeHGlobal(_more);
        _more = IntPtr.Zero;
    }
}

internal sealed class PlainGood : Plain
{
    private IntPtr _more = Marshal.AllocHGlobal(16);

    public override void Dispose()
    {
        Marshal.FreeHGlobal(_more);
        _more = IntPtr.Zero;
        base.Dispose();
    }
}

internal class Pattern : IDisposable
{
    private IntPtr _block = Marshal.AllocHGlobal(16);

    ~Pattern() => Dispose(false);

    public byte First => Marshal.ReadByte(_block);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        Marshal.FreeHGlobal(_block);
        _block = IntPtr.Zero;
    }
}

internal sealed class PatternBad : Pattern // bad: LIFE013
{
    private IntPtr _more = Marshal.AllocHGlobal(16);

    protected override void Dispose(bool disposing)
    {
        Marshal.FreeHGlobal(_more);
        _more = IntPtr.Zero;
    }
}

internal sealed class PatternGood : Pattern
{
    private IntPtr _more = Marshal.AllocHGlobal(16);

    protected override void Dispose(bool disposing)
    {
        try
        {
            Marshal.FreeHGlobal(_more);
            _more = IntPtr.Zero;
        }
        finally
        {
            base.Dispose(disposing);
        }
    }
}

internal abstract class Hook : IDisposable
{
    private IntPtr _block = Marshal.AllocHGlobal(16);

    public byte First => Marshal.ReadByte(_block);

    public void Dispose()
    {
        Free();
        Marshal.FreeHGlobal(_block);
        _block = IntPtr.Zero;
    }

    protected virtual void Free()
    {
    }
}

internal sealed class HookGood : Hook
{
    private IntPtr _more = Marshal.AllocHGlobal(16);

    protected override void Free()
    {
        Marshal.FreeHGlobal(_more);
        _more = IntPtr.Zero;
    }
}
