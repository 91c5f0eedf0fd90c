// weakness: CWE-401
// construct: overwritten owner, lost result
using System;
using System.Runtime.InteropServices;
using System.Threading;
using Suite.Support;

namespace Cases.OverwrittenOwners;

internal static unsafe class Owners
{
    public static void OverwrittenBad() // bad: LIFE004|LIFE003
    {
        nint block = Marshal.AllocHGlobal(8);
        Marshal.WriteByte(block, 1);
        block = Marshal.AllocHGlobal(16);
        Marshal.WriteByte(block, 2);
        Marshal.FreeHGlobal(block);
    }

    public static void OverwrittenGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        Marshal.WriteByte(block, 1);
        Marshal.FreeHGlobal(block);
        block = Marshal.AllocHGlobal(16);
        Marshal.WriteByte(block, 2);
        Marshal.FreeHGlobal(block);
    }

    public static void SavedBeforeOverwrittenGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        nint old = block;
        block = Marshal.AllocHGlobal(16);
        Marshal.FreeHGlobal(old);
        Marshal.FreeHGlobal(block);
    }

    public static void ZeroedBeforeFreeBad() // bad: LIFE003|LIFE004
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        *block = 1;
        block = null;
        NativeMemory.Free(block);
    }

    public static void ZeroedAfterFreeGood()
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        *block = 1;
        NativeMemory.Free(block);
        block = null;
        NativeMemory.Free(block);
    }

    public static void OverwrittenInBranchBad(bool bigger) // bad: LIFE004
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        if (bigger)
        {
            block = (byte*)NativeMemory.Alloc(80);
        }

        *block = 1;
        NativeMemory.Free(block);
    }

    public static void OverwrittenInBranchGood(bool bigger)
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        if (bigger)
        {
            NativeMemory.Free(block);
            block = (byte*)NativeMemory.Alloc(80);
        }

        *block = 1;
        NativeMemory.Free(block);
    }

    public static void SwapGood()
    {
        nint left = Marshal.AllocHGlobal(8);
        nint right = Marshal.AllocHGlobal(16);
        (left, right) = (right, left);
        Marshal.FreeHGlobal(left);
        Marshal.FreeHGlobal(right);
    }

    public static void SwapThenFreeOneTwiceBad() // bad: LIFE006, LIFE003|LIFE004
    {
        nint left = Marshal.AllocHGlobal(8);
        nint right = Marshal.AllocHGlobal(16);
        nint spare = left;
        left = right;
        right = spare;
        Marshal.FreeHGlobal(right);
        Marshal.FreeHGlobal(spare);
    }

    public static void DiscardedBad() // bad: LIFE003|LIFE004
    {
        NativeMemory.Alloc(100);
    }

    public static void AssignedToDiscardBad() // bad: LIFE003|LIFE004
    {
        _ = Marshal.AllocHGlobal(100);
    }

    public static void DiscardedInExpressionBad() // bad: LIFE003|LIFE004
    {
        Io.PrintByte(*(byte*)NativeMemory.AllocZeroed(1));
    }

    public static void DiscardedStringBad(string text) // bad: LIFE003|LIFE004
    {
        Io.PrintInt((int)Libc.Strlen((byte*)Marshal.StringToCoTaskMemUTF8(text)));
    }

    public static void FreedInExpressionGood()
    {
        Marshal.FreeHGlobal(Marshal.AllocHGlobal(100));
    }

    public static void ExchangeGood(ref nint slot)
    {
        nint block = Marshal.AllocHGlobal(8);
        nint old = Interlocked.Exchange(ref slot, block);
        Marshal.FreeHGlobal(old);
    }

    public static void CompareExchangeLostBlockIsFreedGood(ref nint slot)
    {
        nint block = Marshal.AllocHGlobal(8);
        if (Interlocked.CompareExchange(ref slot, block, 0) != 0)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void ArithmeticOnTheOnlyOwnerBad() // bad: LIFE003|LIFE004
    {
        byte* cursor = (byte*)NativeMemory.Alloc(100);
        for (int i = 0; i < 100; i++)
        {
            *cursor++ = (byte)i;
        }
    }

    public static void ArithmeticBackToStartGood()
    {
        byte* cursor = (byte*)NativeMemory.Alloc(100);
        byte* start = cursor;
        for (int i = 0; i < 100; i++)
        {
            *cursor++ = (byte)i;
        }

        NativeMemory.Free(start);
    }

    public static void CoalesceAssignBad(string? text) // bad: LIFE004|LIFE003
    {
        nint? address = null;
        if (text is not null)
        {
            address = Marshal.StringToHGlobalAnsi(text);
        }

        address ??= Marshal.AllocHGlobal(1);
        Marshal.WriteByte(address.Value, 0);
        if (text is not null)
        {
            Marshal.FreeHGlobal(address.Value);
        }
    }

    public static void CoalesceAssignGood(string? text)
    {
        nint? address = null;
        if (text is not null)
        {
            address = Marshal.StringToHGlobalAnsi(text);
        }

        address ??= Marshal.AllocHGlobal(1);
        Marshal.WriteByte(address.Value, 0);
        Marshal.FreeHGlobal(address.Value);
    }
}

internal sealed class NativeText : IDisposable
{
    private nint _text;

    public NativeText(string text) => _text = Marshal.StringToHGlobalUni(text);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_text);
        _text = 0;
    }
}

internal sealed class ReplacedObjectBad : IDisposable
{
    private NativeText? _last;

    public void Remember(string text) // bad: LIFE013|LIFE004
    {
        _last = new NativeText(text);
    }

    public void Dispose() => _last?.Dispose();
}

internal sealed class ReplacedObjectGood : IDisposable
{
    private NativeText? _last;
    private NativeText? _first;
    private NativeText? _cached;

    public void Remember(string text)
    {
        _last?.Dispose();
        _last = new NativeText(text);
        _first ??= new NativeText(text);
    }

    public void Swap(string text)
    {
        NativeText? old = _last;
        _last = new NativeText(text);
        old?.Dispose();
    }

    public void Cache(string text)
    {
        Drop();
        _cached = new NativeText(text);
    }

    private void Drop()
    {
        _cached?.Dispose();
        _cached = null;
    }

    public void Dispose()
    {
        _last?.Dispose();
        _first?.Dispose();
        _cached?.Dispose();
    }
}
