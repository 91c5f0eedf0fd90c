// weakness: CWE-401 CWE-416
// construct: what objects count without being handed it, interface pointers of COM, what a native library exports
#nullable enable
using System;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Cases.CountedByObjects;

internal sealed class Reference : IDisposable
{
    private readonly SafeHandle _handle;

    public Reference(SafeHandle handle) => _handle = handle;

    public void Dispose() => _handle.DangerousRelease();
}

internal static unsafe class Handles
{
    private static void Done(SafeHandle handle) => handle.DangerousRelease();

    public static int EarlyReturnBad(SafeHandle handle, Func<nint, int> use) // bad: LIFE004
    {
        var added = false;
        handle.DangerousAddRef(ref added);
        var result = use(handle.DangerousGetHandle());
        if (result < 0)
        {
            return -1;
        }

        handle.DangerousRelease();
        return result;
    }

    public static int OneOfTwoBad(SafeHandle first, SafeHandle second, Func<nint, nint, int> use) // bad: LIFE004
    {
        bool one = false, two = false;
        first.DangerousAddRef(ref one);
        second.DangerousAddRef(ref two);
        if (use(first.DangerousGetHandle(), second.DangerousGetHandle()) < 0)
        {
            first.DangerousRelease();
            return -1;
        }

        first.DangerousRelease();
        second.DangerousRelease();
        return 0;
    }

    public static int FlagGood(SafeHandle handle, Func<nint, int> use)
    {
        var added = false;
        try
        {
            handle.DangerousAddRef(ref added);
            return use(handle.DangerousGetHandle());
        }
        finally
        {
            if (added)
            {
                handle.DangerousRelease();
            }
        }
    }

    public static IDisposable? HandedOnGood(SafeHandle handle, bool wanted)
    {
        var added = false;
        handle.DangerousAddRef(ref added);
        if (!wanted)
        {
            handle.DangerousRelease();
            return null;
        }

        return new Reference(handle);
    }

    public static int ByHelperGood(SafeHandle handle, int n)
    {
        var added = false;
        handle.DangerousAddRef(ref added);
        if (n > 3)
        {
            Done(handle);
            return 1;
        }

        handle.DangerousRelease();
        return 0;
    }

    public static int ManyGood(SafeHandle[] handles, Func<nint, int> use)
    {
        var n = 0;
        try
        {
            for (; n < handles.Length; n++)
            {
                var added = false;
                handles[n].DangerousAddRef(ref added);
            }

            return use(handles[0].DangerousGetHandle());
        }
        finally
        {
            while (n-- > 0)
            {
                handles[n].DangerousRelease();
            }
        }
    }
}

internal sealed class KeptReference : IDisposable
{
    private readonly SafeHandle _handle;
    private bool _added;

    public KeptReference(SafeHandle handle) => _handle = handle;

    public nint OpenGood(int n)
    {
        _handle.DangerousAddRef(ref _added);
        if (n > 3)
        {
            _handle.DangerousRelease();
            _added = false;
        }

        return _handle.DangerousGetHandle();
    }

    public void Dispose()
    {
        if (_added)
        {
            _handle.DangerousRelease();
        }
    }
}

internal static unsafe class Mapped
{
    public static int EarlyReturnBad(MemoryMappedViewAccessor view) // bad: LIFE004
    {
        byte* p = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref p);
        if (*p == 0)
        {
            return 0;
        }

        var value = p[1];
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        return value;
    }

    public static int ContinueBad(MemoryMappedViewAccessor view, int n) // bad: LIFE004
    {
        var sum = 0;
        for (var i = 0; i < n; i++)
        {
            byte* p = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref p);
            if (p[i] == 0)
            {
                continue;
            }

            sum += p[i];
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }

        return sum;
    }

    public static int UsedAfterBad(MemoryMappedViewAccessor view) // bad: LIFE007
    {
        byte* p = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref p);
        var span = new ReadOnlySpan<byte>(p, 16);
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        return span[3];
    }

    public static int FinallyGood(MemoryMappedViewAccessor view, int n)
    {
        byte* p = null;
        try
        {
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref p);
            p += view.PointerOffset;
            return n == 3 ? 4 : p[n];
        }
        finally
        {
            if (p != null)
            {
                view.SafeMemoryMappedViewHandle.ReleasePointer();
            }
        }
    }

    public static int OtherNameGood(MemoryMappedViewAccessor view, Func<nint, int> use)
    {
        var handle = view.SafeMemoryMappedViewHandle;
        byte* p = null;
        handle.AcquirePointer(ref p);
        try
        {
            return use((nint)p);
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    public static byte* ReturnedGood(MemoryMappedViewAccessor view, bool wanted)
    {
        byte* p = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref p);
        if (!wanted)
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            return null;
        }

        return p;
    }
}

internal static class Interfaces
{
    private static void Drop(ref nint unknown)
    {
        if (unknown != 0)
        {
            Marshal.Release(unknown);
            unknown = 0;
        }
    }

    public static int EarlyReturnBad(object target, int n) // bad: LIFE004
    {
        var unknown = Marshal.GetIUnknownForObject(target);
        if (n > 2)
        {
            return -1;
        }

        Marshal.Release(unknown);
        return 1;
    }

    public static int QueriedBad(object target, Guid id) // bad: LIFE004
    {
        var unknown = Marshal.GetIUnknownForObject(target);
        var result = Marshal.QueryInterface(unknown, in id, out var other);
        Marshal.Release(unknown);
        if (result < 0)
        {
            return result;
        }

        if (Marshal.ReadInt32(other) == 0)
        {
            return 1;
        }

        Marshal.Release(other);
        return 0;
    }

    public static bool SameGood(object one, object other)
    {
        nint a = 0, b = 0;
        try
        {
            a = Marshal.GetIUnknownForObject(one);
            b = Marshal.GetIUnknownForObject(other);
            return a == b;
        }
        finally
        {
            if (a != 0)
            {
                Marshal.Release(a);
            }

            if (b != 0)
            {
                Marshal.Release(b);
            }
        }
    }

    public static nint QueriedGood(object target, Guid id)
    {
        var unknown = Marshal.GetIUnknownForObject(target);
        try
        {
            Marshal.ThrowExceptionForHR(Marshal.QueryInterface(unknown, in id, out var other));
            return other;
        }
        finally
        {
            Marshal.Release(unknown);
        }
    }

    public static int CountGood(object target)
    {
        var unknown = Marshal.GetIUnknownForObject(target);
        Marshal.AddRef(unknown);
        var count = Marshal.Release(unknown);
        Marshal.Release(unknown);
        return count;
    }

    public static int CountOfOtherGood(nint unknown)
    {
        Marshal.AddRef(unknown);
        return Marshal.Release(unknown) + Marshal.ReadInt32(unknown);
    }

    public static int ByHelperGood(object target)
    {
        var unknown = Marshal.GetIUnknownForObject(target);
        var first = Marshal.ReadInt32(unknown);
        Drop(ref unknown);
        return first;
    }

    public static nint ForItsNumberGood(object target)
    {
        var unknown = Marshal.GetIUnknownForObject(target);
        Marshal.Release(unknown);
        return unknown;
    }
}

internal delegate int Entry(int x);

internal static unsafe class Libraries
{
    public static int PointerBad(string path) // bad: LIFE007
    {
        var library = NativeLibrary.Load(path);
        var entry = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(library, "entry");
        NativeLibrary.Free(library);
        return entry(3);
    }

    public static int DelegateBad(string path) // bad: LIFE007
    {
        var library = NativeLibrary.Load(path);
        if (!NativeLibrary.TryGetExport(library, "entry", out var address))
        {
            NativeLibrary.Free(library);
            return 0;
        }

        var entry = Marshal.GetDelegateForFunctionPointer<Entry>(address);
        NativeLibrary.Free(library);
        return entry(3);
    }

    public static bool HasGood(string path)
    {
        var library = NativeLibrary.Load(path);
        try
        {
            return NativeLibrary.TryGetExport(library, "entry", out var address) && address != 0;
        }
        finally
        {
            NativeLibrary.Free(library);
        }
    }

    public static int CalledBeforeGood(string path)
    {
        var library = NativeLibrary.Load(path);
        var entry = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(library, "entry");
        var result = entry(3);
        NativeLibrary.Free(library);
        return result;
    }

    public static Entry? StaysLoadedGood(string path)
    {
        var library = NativeLibrary.Load(path);
        if (!NativeLibrary.TryGetExport(library, "entry", out var address))
        {
            NativeLibrary.Free(library);
            return null;
        }

        return Marshal.GetDelegateForFunctionPointer<Entry>(address);
    }
}
