// weakness: CWE-401
// construct: one field for several kinds of blocks, and another that says which kind it is
using System;
using System.Runtime.InteropServices;

namespace Cases.KindsOfHolders;

internal sealed class TwoKindsGood : IDisposable
{
    private int _kind;
    private IntPtr _p;

    public void TakeGlobal(int n)
    {
        Drop();
        _p = Marshal.AllocHGlobal(n);
        _kind = 1;
    }

    public void TakeTask(int n)
    {
        Drop();
        _p = Marshal.AllocCoTaskMem(n);
        _kind = 2;
    }

    public void Dispose() => Drop();

    private void Drop()
    {
        if (_kind == 1)
        {
            Marshal.FreeHGlobal(_p);
        }
        else if (_kind == 2)
        {
            Marshal.FreeCoTaskMem(_p);
        }

        _kind = 0;
    }
}

internal sealed class TwoKindsBad : IDisposable
{
    private int _kind;
    private IntPtr _p;

    public void TakeGlobal(int n)
    {
        _p = Marshal.AllocHGlobal(n); // bad: LIFE013
        _kind = 1;
    }

    public void TakeTask(int n)
    {
        Drop();
        _p = Marshal.AllocCoTaskMem(n);
        _kind = 2;
    }

    public void Dispose() => Drop();

    private void Drop()
    {
        if (_kind == 1)
        {
            Marshal.FreeHGlobal(_p);
        }
        else if (_kind == 2)
        {
            Marshal.FreeCoTaskMem(_p);
        }

        _kind = 0;
    }
}

internal sealed class NamedKindsGood : IDisposable
{
    private enum Kind
    {
        None,
        Native,
        Pinned,
    }

    private Kind _kind;
    private IntPtr _p;
    private GCHandle _handle;

    public void TakeNative(int n)
    {
        Drop();
        _p = Marshal.AllocHGlobal(n);
        _kind = Kind.Native;
    }

    public void TakePinned(object pinned)
    {
        Drop();
        _handle = GCHandle.Alloc(pinned, GCHandleType.Pinned);
        _kind = Kind.Pinned;
    }

    public void Dispose() => Drop();

    private void Drop()
    {
        switch (_kind)
        {
            case Kind.Native:
                Marshal.FreeHGlobal(_p);
                break;
            case Kind.Pinned:
                _handle.Free();
                break;
        }

        _kind = Kind.None;
    }
}

internal sealed class SlotGood : IDisposable
{
    private IntPtr _p;

    private ref IntPtr Slot => ref _p;

    public void Set(int n)
    {
        if (Slot != IntPtr.Zero)
        {
            Marshal.FreeHGlobal(Slot);
        }

        Slot = Marshal.AllocHGlobal(n);
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(Slot);
        Slot = IntPtr.Zero;
    }
}

internal static unsafe class Elements
{
    private sealed class Row
    {
        private readonly int* _values;

        public Row(int* values) => _values = values;

        public ref int First => ref _values[0];
    }

    public static void WrittenBad(int n) // bad: LIFE007
    {
        int* values = (int*)NativeMemory.Alloc((nuint)n, sizeof(int));
        var row = new Row(values);
        NativeMemory.Free(values);
        row.First = n;
    }

    public static void WrittenGood(int n)
    {
        int* values = (int*)NativeMemory.Alloc((nuint)n, sizeof(int));
        var row = new Row(values);
        row.First = n;
        NativeMemory.Free(values);
    }
}
