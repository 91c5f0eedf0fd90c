// weakness: CWE-401
// construct: fields that are exchanged, local functions that release, delegates in tuples
using System;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using System.Threading;

namespace Cases.ExchangedOwners;

internal sealed class AsksItsPointer : IDisposable
{
    private nint _start;

    public AsksItsPointer(int size) => _start = Marshal.AllocHGlobal(size);

    public byte First => Marshal.ReadByte(_start);

    public void Dispose()
    {
        if (_start == 0)
        {
            return;
        }

        Marshal.FreeHGlobal(_start);
        _start = 0;
    }
}

internal sealed class AsksItsFlag : IDisposable
{
    private readonly nint _start;
    private bool _isDisposed;

    public AsksItsFlag(int size) => _start = Marshal.AllocHGlobal(size);

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        Marshal.FreeHGlobal(_start);
    }
}

internal sealed class Exchanges : IDisposable
{
    private AsksItsPointer? _maybe;
    private AsksItsFlag _always = new(8);

    public void SetGood(int size)
    {
        var next = new AsksItsPointer(size);
        Interlocked.Exchange(ref _maybe, next)?.Dispose();
    }

    public void SetOldGood(int size)
    {
        var old = Interlocked.Exchange(ref _maybe, new AsksItsPointer(size));
        if (old != null)
        {
            old.Dispose();
        }
    }

    public void SetPatternGood(int size)
    {
        if (Interlocked.Exchange(ref _maybe, new AsksItsPointer(size)) is { } old)
        {
            old.Dispose();
        }
    }

    public void SetSwappedGood(int size)
    {
        var next = new AsksItsPointer(size);
        Swap(ref next, ref _maybe);
        next?.Dispose();
    }

    public void SetAlwaysGood(int size) => Interlocked.Exchange(ref _always, new AsksItsFlag(size)).Dispose();

    public void Dispose()
    {
        _maybe?.Dispose();
        _always.Dispose();
    }

    private static void Swap(ref AsksItsPointer? one, ref AsksItsPointer? other) => (one, other) = (other, one);
}

internal sealed class KeepsThePrevious : IDisposable
{
    private AsksItsPointer? _current;
    private AsksItsPointer? _previous;

    public void Next(int size)
    {
        _previous?.Dispose();
        _previous = _current;
        _current = new AsksItsPointer(size);
    }

    public void Dispose()
    {
        _current?.Dispose();
        _previous?.Dispose();
    }
}

internal sealed class LosesThePrevious : IDisposable
{
    private AsksItsPointer? _current;
    private AsksItsPointer? _previous;

    public void Next(int size)
    {
        _previous = _current;
        _current = new AsksItsPointer(size); // bad: LIFE013
    }

    public void Dispose()
    {
        _current?.Dispose();
        _previous?.Dispose();
    }
}

internal sealed class ReleasesInLocalFunction : IDisposable
{
    private nint _start;

    public void CallsMemberGood(int size)
    {
        void First() => Clear();

        First();
        _start = Marshal.AllocHGlobal(size);
    }

    public void ReleasesGood(int size)
    {
        void First()
        {
            if (_start != 0)
            {
                Marshal.FreeHGlobal(_start);
            }
        }

        First();
        _start = Marshal.AllocHGlobal(size);
    }

    public void Dispose() => Clear();

    private void Clear()
    {
        if (_start != 0)
        {
            Marshal.FreeHGlobal(_start);
        }

        _start = 0;
    }
}

internal sealed class LooksInLocalFunction : IDisposable
{
    private nint _start;

    public byte Grow(int size)
    {
        byte First() => Marshal.ReadByte(_start);

        var first = First();
        _start = Marshal.AllocHGlobal(size); // bad: LIFE013
        return first;
    }

    public void Dispose()
    {
        if (_start != 0)
        {
            Marshal.FreeHGlobal(_start);
        }

        _start = 0;
    }
}

internal static class Pairs
{
    public static (Func<byte> Read, Action End) DelegatesGood(int size)
    {
        var block = new AsksItsPointer(size);
        return (() => block.First, block.Dispose);
    }

    public static (Func<byte> Read, Action End) LambdasGood(int size)
    {
        var block = new AsksItsPointer(size);
        return (() => block.First, () => block.Dispose());
    }

    public static (Func<byte> Read, int First) ReadBad(int size) // bad: LIFE003
    {
        var block = new AsksItsPointer(size);
        return (() => 1, block.First);
    }
}

[CustomMarshaller(typeof(string), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
internal static class UpperMarshaller
{
    internal unsafe struct In
    {
        private byte* _start;

        public void FromManaged(string text)
        {
            _start = (byte*)Marshal.AllocCoTaskMem(text.Length + 1);
            for (var i = 0; i < text.Length; i++)
            {
                _start[i] = (byte)char.ToUpperInvariant(text[i]);
            }

            _start[text.Length] = 0;
        }

        public readonly byte* ToUnmanaged() => _start;

        public readonly void Free() => Marshal.FreeCoTaskMem((nint)_start);
    }
}

internal static unsafe class Mapped
{
    [DllImport("device")]
    private static extern int deviceMapMemory(nint device, ulong memory, out void* data);

    [DllImport("device")]
    private static extern void deviceUnmapMemory(nint device, ulong memory);

    [DllImport("device")]
    private static extern void deviceSubmit(nint device);

    public static byte FirstGood(nint device, ulong memory)
    {
        if (deviceMapMemory(device, memory, out var data) != 0)
        {
            return 0;
        }

        var first = *(byte*)data;
        deviceUnmapMemory(device, memory);
        deviceSubmit(device);
        return first;
    }
}
