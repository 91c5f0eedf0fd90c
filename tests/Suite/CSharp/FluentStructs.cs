// weakness: CWE-401, CWE-415
// construct: structs that give themselves, nullable structs in patterns
using System;
using System.Runtime.InteropServices;

namespace Cases.FluentStructs;

internal struct Handle : IDisposable
{
    private readonly nint _block;
    private int _uses;
    public Handle(int size)
    {
        _block = Marshal.AllocHGlobal(size);
        _uses = 0;
    }
    public Handle Used()
    {
        _uses = 3;
        return this;
    }
    public Handle UsedMore(int by)
    {
        _uses += by;
        return this;
    }
    public readonly void Dispose() => Marshal.FreeHGlobal(_block);
}
internal static class Fluent
{
    public static void AssignedGood()
    {
        var handle = new Handle(3);
        handle = handle.Used();
        handle.Dispose();
    }

    public static void SameGood()
    {
        var handle = new Handle(3);
        handle.Used();
        handle.Dispose();
    }

    public static void ChainGood()
    {
        var handle = new Handle(3).Used().UsedMore(3);
        handle.Dispose();
    }

    public static void CopyGood()
    {
        var handle = new Handle(3);
        var same = handle.UsedMore(3);
        same.Dispose();
    }

    public static void NeverBad() // bad: LIFE003
    {
        var handle = new Handle(3).Used();
        Console.WriteLine(handle);
    }

    public static void TwiceBad() // bad: LIFE006
    {
        var handle = new Handle(3);
        var same = handle.UsedMore(3);
        same.Dispose();
        handle.Dispose();
    }

    private static Handle? Maybe(int n) => n > 3 ? new Handle(n) : null;
    public static void NegatedGood(int n)
    {
        Handle? made = Maybe(n);
        if (made is not { } handle)
        {
            return;
        }

        handle.Dispose();
    }

    public static void TypedGood(int n)
    {
        Handle? made = Maybe(n);
        if (made is Handle handle)
        {
            handle.Dispose();
        }
    }

    public static void NegatedBad(int n) // bad: LIFE003
    {
        Handle? made = Maybe(n);
        if (made is not { } handle)
        {
            return;
        }

        Console.WriteLine(handle);
    }

    public static void SomeBad(int n) // bad: LIFE004
    {
        Handle? made = Maybe(n);
        if (made is Handle handle && n > 7)
        {
            handle.Dispose();
        }
    }
}
internal sealed class TypedGood : IDisposable
{
    private nint? _block;
    public void Set()
    {
        if (_block is nint old)
        {
            Marshal.FreeHGlobal(old);
        }

        _block = Marshal.AllocHGlobal(3);
    }
    public void Dispose()
    {
        if (_block is { } old)
        {
            Marshal.FreeHGlobal(old);
        }
    }
}
internal sealed class PinnedGood : IDisposable
{
    private GCHandle? _handle;
    public void Set()
    {
        if (_handle is { IsAllocated: true } handle)
        {
            handle.Free();
        }

        _handle = GCHandle.Alloc(this);
    }
    public void Dispose()
    {
        if (_handle is { } handle)
        {
            handle.Free();
        }

        _handle = null;
    }
}
internal sealed class InnerGood : IDisposable
{
    private Handle? _handle = new Handle(3);
    public void Set()
    {
        _handle?.Dispose();
        _handle = new Handle(4);
    }
    public void Dispose() => _handle?.Dispose();
}
internal sealed class ReplacedBad : IDisposable
{
    private nint? _block;
    public void Set() // bad: LIFE013
    {
        _block = Marshal.AllocHGlobal(3);
    }

    public void Dispose()
    {
        if (_block is nint old)
        {
            Marshal.FreeHGlobal(old);
        }
    }
}
