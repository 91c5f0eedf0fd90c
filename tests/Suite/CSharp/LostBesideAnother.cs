// weakness: CWE-401, CWE-762
// construct: a finally that looks after another block, pools in fields, parts of addresses
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.LostBesideAnother;

internal sealed class WrongPool : IDisposable
{
    private static readonly ArrayPool<byte> s_frames = ArrayPool<byte>.Create(1 << 20, 8);
    private readonly byte[] _data = s_frames.Rent(1 << 16);

    public int Length => _data.Length;

    public void Dispose() => ArrayPool<byte>.Shared.Return(_data); // bad: LIFE008
}

internal sealed class OwnPoolGood : IDisposable
{
    private static readonly ArrayPool<byte> s_frames = ArrayPool<byte>.Create(1 << 20, 8);
    private readonly byte[] _data = s_frames.Rent(1 << 16);

    public int Length => _data.Length;

    public void Dispose() => s_frames.Return(_data);
}

internal sealed class GivenGood : IDisposable
{
    private static readonly ArrayPool<byte> s_frames = ArrayPool<byte>.Create(1 << 20, 8);
    private readonly byte[] _data;

    public GivenGood()
    {
        _data = s_frames.Rent(1 << 16);
    }

    public GivenGood(byte[] data)
    {
        _data = data;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_data);
}

internal sealed class Pages : IDisposable
{
    private readonly List<nint> _pages = new();

    public void Add() => _pages.Add(Marshal.AllocHGlobal(4096));

    public void Trim(int keep) // bad: LIFE013
    {
        if (keep < _pages.Count)
        {
            _pages.RemoveRange(keep, _pages.Count - keep);
        }
    }

    public void Dispose()
    {
        foreach (nint page in _pages)
        {
            Marshal.FreeHGlobal(page);
        }
    }
}

internal static unsafe class LostBesideAnother
{
    public static void OtherIsAskedFor(int n) // bad: LIFE005
    {
        nint first = Marshal.AllocHGlobal(n);
        nint second = 0;
        try
        {
            second = Marshal.AllocHGlobal(n);
            if (n > 5)
            {
                throw new InvalidOperationException();
            }

            Marshal.WriteByte(second, 1);
        }
        finally
        {
            if (second != 0)
            {
                Marshal.FreeHGlobal(second);
            }
        }

        Marshal.FreeHGlobal(first);
    }

    public static void OtherOfAnotherFamily(int n) // bad: LIFE005
    {
        nint first = Marshal.AllocHGlobal(n);
        nint second = 0;
        try
        {
            second = Marshal.AllocCoTaskMem(n);
            if (n > 5)
            {
                throw new InvalidOperationException();
            }
        }
        finally
        {
            if (second != 0)
            {
                Marshal.FreeCoTaskMem(second);
            }
        }

        Marshal.FreeHGlobal(first);
    }

    public static void BothGood(int n)
    {
        nint first = Marshal.AllocHGlobal(n);
        nint second = 0;
        try
        {
            second = Marshal.AllocHGlobal(n);
            if (n > 5)
            {
                throw new InvalidOperationException();
            }

            Marshal.WriteByte(second, 1);
        }
        finally
        {
            if (second != 0)
            {
                Marshal.FreeHGlobal(second);
            }

            Marshal.FreeHGlobal(first);
        }
    }

    public static nint LowBitsGood(int n)
    {
        byte* p = (byte*)NativeMemory.Alloc((nuint)n);
        p[0] = 1;
        NativeMemory.Free(p);
        return (nint)p & 15;
    }

    public static nint RemainderGood(int n)
    {
        byte* p = (byte*)NativeMemory.Alloc((nuint)n);
        p[0] = 1;
        NativeMemory.Free(p);
        return (nint)p % 64;
    }

    public static nint AlignedAfterFree(int n) // bad: LIFE007
    {
        byte* p = (byte*)NativeMemory.Alloc((nuint)n);
        p[0] = 1;
        NativeMemory.Free(p);
        return (nint)p & ~15;
    }
}
