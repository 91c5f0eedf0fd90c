// weakness: CWE-401, CWE-415, CWE-761
// construct: Lazy, offers whose answer nobody reads, aligned addresses, handles of the system, collections that only Dispose empties
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.MadeOnDemand;

internal static class System32
{
    [DllImport("kernel32.dll", SetLastError = true)]
    public static extern nint CreateFileMappingW(nint file, nint attributes, uint protect, uint high, uint low, nint name);

    [DllImport("kernel32.dll", SetLastError = true)]
    public static extern bool CloseHandle(nint handle);
}

internal sealed unsafe class Frames : IDisposable
{
    private readonly List<nint> _overflow = new();

    public byte* Take(int bytes)
    {
        void* extra = NativeMemory.Alloc((nuint)bytes);
        _overflow.Add((nint)extra);
        return (byte*)extra;
    }

    public void Reset() => _overflow.Clear(); // bad: LIFE013

    public void Dispose()
    {
        foreach (nint extra in _overflow)
        {
            NativeMemory.Free((void*)extra);
        }
    }
}

internal sealed unsafe class FramesGood : IDisposable
{
    private readonly List<nint> _overflow = new();

    public byte* Take(int bytes)
    {
        void* extra = NativeMemory.Alloc((nuint)bytes);
        _overflow.Add((nint)extra);
        return (byte*)extra;
    }

    public void Give(nint extra)
    {
        if (_overflow.Remove(extra))
        {
            NativeMemory.Free((void*)extra);
        }
    }

    public void Dispose()
    {
        foreach (nint extra in _overflow)
        {
            NativeMemory.Free((void*)extra);
        }

        _overflow.Clear();
    }
}

internal sealed unsafe class Chunks : IDisposable
{
    private readonly Dictionary<(int X, int Y), nint> _chunks = new();

    public byte* Reload(int x, int y)
    {
        byte* chunk = (byte*)NativeMemory.AllocZeroed(4096); // bad: LIFE013
        _chunks[(x, y)] = (nint)chunk;
        return chunk;
    }

    public void Dispose()
    {
        foreach (nint chunk in _chunks.Values)
        {
            NativeMemory.Free((void*)chunk);
        }

        _chunks.Clear();
    }
}

internal static unsafe class MadeOnDemand
{
    public static int LazyLost(int n) // bad: LIFE003
    {
        var lazy = new Lazy<nint>(() => Marshal.AllocHGlobal(n));
        Marshal.WriteByte(lazy.Value, 1);
        return Marshal.ReadByte(lazy.Value);
    }

    public static void LazyTwice(int n) // bad: LIFE006
    {
        var lazy = new Lazy<nint>(() => Marshal.AllocHGlobal(n));
        Marshal.FreeHGlobal(lazy.Value);
        Marshal.FreeHGlobal(lazy.Value);
    }

    public static int LazyGood(int n)
    {
        var lazy = new Lazy<nint>(() => Marshal.AllocHGlobal(n));
        try
        {
            return n > 3 ? Marshal.ReadByte(lazy.Value) : 0;
        }
        finally
        {
            if (lazy.IsValueCreated)
            {
                Marshal.FreeHGlobal(lazy.Value);
            }
        }
    }

    public static Lazy<nint> LazyReturnedGood(int n) => new(() => Marshal.AllocHGlobal(n));

    public static int LazyUnaskedGood(int n)
    {
        var lazy = new Lazy<nint>(() => Marshal.AllocHGlobal(n));
        return lazy.IsValueCreated ? 1 : n;
    }

    public static nint OfferIgnored(ConcurrentDictionary<int, nint> cache, int key) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(16);
        cache.TryAdd(key, block);
        return cache[key];
    }

    public static nint OfferHeededGood(ConcurrentDictionary<int, nint> cache, int key)
    {
        nint block = Marshal.AllocHGlobal(16);
        if (!cache.TryAdd(key, block))
        {
            Marshal.FreeHGlobal(block);
        }

        return cache[key];
    }

    public static void OfferOfItselfGood(ConcurrentDictionary<nint, nint> all)
    {
        nint block = Marshal.AllocHGlobal(16);
        all.TryAdd(block, block);
    }

    public static void OfferBehindQuestionGood(ConcurrentDictionary<int, nint> cache, int key)
    {
        if (cache.ContainsKey(key))
        {
            return;
        }

        nint block = Marshal.AllocHGlobal(16);
        cache.TryAdd(key, block);
    }

    public static float AlignedUp(int n) // bad: LIFE009
    {
        byte* raw = (byte*)NativeMemory.Alloc(((nuint)n * 4) + 64);
        float* aligned = (float*)((nint)(raw + 63) & ~63);
        float first = aligned[0];
        NativeMemory.Free(aligned);
        return first;
    }

    public static int InFront(string text) // bad: LIFE009
    {
        nint text16 = Marshal.StringToBSTR(text);
        text16 -= 4;
        int length = Marshal.ReadInt32(text16);
        Marshal.FreeBSTR(text16);
        return length;
    }

    public static float AlignedUpGood(int n)
    {
        byte* raw = (byte*)NativeMemory.Alloc(((nuint)n * 4) + 64);
        float* aligned = (float*)((nint)(raw + 63) & ~63);
        float first = aligned[0];
        NativeMemory.Free(raw);
        return first;
    }

    public static void BackToPageGood()
    {
        byte* page = (byte*)NativeMemory.AlignedAlloc(8192, 4096);
        byte* inside = page + 64;
        inside[0] = 1;
        NativeMemory.AlignedFree((void*)((nint)inside & ~4095));
    }

    public static int InFrontGood(string text)
    {
        nint text16 = Marshal.StringToBSTR(text);
        int length = Marshal.ReadInt32(text16 - 4);
        Marshal.FreeBSTR(text16);
        return length;
    }

    public static bool MappingLost(nint file, uint size) // bad: LIFE004
    {
        nint mapping = System32.CreateFileMappingW(file, 0, 4, 0, size, 0);
        if (mapping == 0)
        {
            return false;
        }

        if ((size & 1) != 0)
        {
            return false;
        }

        return System32.CloseHandle(mapping);
    }

    public static bool MappingGood(nint file, uint size)
    {
        nint mapping = System32.CreateFileMappingW(file, 0, 4, 0, size, 0);
        return mapping != 0 && System32.CloseHandle(mapping);
    }
}
