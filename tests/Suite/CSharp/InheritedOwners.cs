// weakness: CWE-401, CWE-772
// construct: fields of a base class that a derived class fills, replaces, or forgets to have released
using System;
using System.Runtime.InteropServices;

namespace Cases.InheritedOwners;

internal class Region : IDisposable
{
    protected nint Start;

    protected Region(int size) => Start = Marshal.AllocHGlobal(size);

    public virtual void Dispose()
    {
        if (Start != 0)
        {
            Marshal.FreeHGlobal(Start);
            Start = 0;
        }
    }
}

internal sealed class Replacing : Region
{
    public Replacing()
        : base(8)
    {
    }

    public void GrowBad(int size)
    {
        Start = Marshal.AllocHGlobal(size); // bad: LIFE013
    }

    public void GrowGood(int size)
    {
        Start = Marshal.ReAllocHGlobal(Start, size);
    }

    public void RenewGood(int size)
    {
        Marshal.FreeHGlobal(Start);
        Start = Marshal.AllocHGlobal(size);
    }
}

internal class Pinned
{
    protected GCHandle Handle;
    protected nint Copy;

    protected void Unpin()
    {
        if (Handle.IsAllocated)
        {
            Handle.Free();
        }
    }
}

internal sealed class ForgottenPin : Pinned, IDisposable
{
    public ForgottenPin(object target)
    {
        Handle = GCHandle.Alloc(target, GCHandleType.Pinned); // bad: LIFE013
    }

    public void Dispose()
    {
    }
}

internal sealed class ReleasedPin : Pinned, IDisposable
{
    public ReleasedPin(object target)
    {
        Handle = GCHandle.Alloc(target, GCHandleType.Pinned);
    }

    public void Dispose() => Unpin();
}

internal sealed class ForgottenCopy : Pinned
{
    public ForgottenCopy(string text) => Copy = Marshal.StringToHGlobalAnsi(text); // bad: LIFE013

    public int First => Marshal.ReadByte(Copy);
}

internal sealed class ReleasedCopy : Pinned, IDisposable
{
    public ReleasedCopy(string text) => Copy = Marshal.StringToHGlobalAnsi(text);

    public void Dispose() => Marshal.FreeHGlobal(Copy);
}

internal sealed class GivenCopy : Pinned
{
    public GivenCopy(string text) => Copy = Marshal.StringToHGlobalAnsi(text);

    public nint Take()
    {
        var copy = Copy;
        Copy = 0;
        return copy;
    }
}

internal abstract unsafe class Column : IDisposable
{
    protected byte* Values;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected void Grow(int capacity) => Values = (byte*)NativeMemory.Realloc(Values, (nuint)capacity);

    protected virtual void Dispose(bool disposing)
    {
        NativeMemory.Free(Values);
        Values = null;
    }
}

internal sealed unsafe class TextColumn : Column
{
    private byte* _heap;

    public void Reserve(int size)
    {
        Grow(size);
        _heap = (byte*)NativeMemory.Realloc(_heap, (nuint)size);
    }

    protected override void Dispose(bool disposing)
    {
        NativeMemory.Free(_heap);
        _heap = null;
        base.Dispose(disposing);
    }
}

internal sealed unsafe class BlobColumn : Column
{
    private byte* _heap;

    public void Reserve(int size)
    {
        Grow(size);
        _heap = (byte*)NativeMemory.Realloc(_heap, (nuint)size);
    }

    protected override void Dispose(bool disposing) // bad: LIFE013
    {
        NativeMemory.Free(_heap);
        _heap = null;
    }
}
