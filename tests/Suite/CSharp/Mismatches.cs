// weakness: CWE-762
// construct: mismatched routines
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.Mismatches;

internal static unsafe class Pairs
{
    public static void AlignedFreedPlainBad() // bad: LIFE008
    {
        void* block = NativeMemory.AlignedAlloc(64, 16);
        NativeMemory.Free(block);
    }

    public static void PlainFreedAlignedBad() // bad: LIFE008
    {
        void* block = NativeMemory.Alloc(64);
        NativeMemory.AlignedFree(block);
    }

    public static void NativeFreedHGlobalBad() // bad: LIFE008
    {
        void* block = NativeMemory.Alloc(64);
        Marshal.FreeHGlobal((nint)block);
    }

    public static void HGlobalFreedNativeBad() // bad: LIFE008
    {
        nint block = Marshal.AllocHGlobal(64);
        NativeMemory.Free((void*)block);
    }

    public static void HGlobalFreedCoTaskMemBad() // bad: LIFE008
    {
        nint block = Marshal.AllocHGlobal(64);
        Marshal.FreeCoTaskMem(block);
    }

    public static void OnOneBranchBad(bool flag) // bad: LIFE008
    {
        nint block = Marshal.AllocHGlobal(64);
        if (flag)
        {
            Marshal.FreeCoTaskMem(block);
        }
        else
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void MatchedByFlagGood(bool task)
    {
        nint block = task ? Marshal.AllocCoTaskMem(8) : Marshal.AllocHGlobal(8);
        if (task)
        {
            Marshal.FreeCoTaskMem(block);
        }
        else
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void CrossedByFlagBad(bool task) // bad: LIFE008, LIFE008
    {
        nint block = task ? Marshal.AllocCoTaskMem(8) : Marshal.AllocHGlobal(8);
        if (task)
        {
            Marshal.FreeHGlobal(block);
        }
        else
        {
            Marshal.FreeCoTaskMem(block);
        }
    }

    public static void InFinallyBad(Action work) // bad: LIFE008
    {
        nint block = Marshal.AllocCoTaskMem(8);
        try
        {
            work();
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void HelperBad() // bad: LIFE008
    {
        void* block = Allocate();
        Marshal.FreeHGlobal((nint)block);
    }

    public static void HelperGood()
    {
        void* block = Allocate();
        NativeMemory.AlignedFree(block);
    }

    public static void OutParameterBad() // bad: LIFE008
    {
        Allocate(out nint block);
        Marshal.FreeHGlobal(block);
    }

    public static void StructFieldBad() // bad: LIFE008
    {
        Holder holder = default;
        holder.Block = Marshal.AllocHGlobal(8);
        Marshal.FreeBSTR(holder.Block);
    }

    public static void PoolOfAnotherTypeGood(ArrayPool<int> pool)
    {
        int[] numbers = pool.Rent(4);
        pool.Return(numbers);
    }

    public static void TwoParameterPoolsMayBeTheSameGood(ArrayPool<int> left, ArrayPool<int> right)
    {
        int[] numbers = left.Rent(4);
        right.Return(numbers);
    }

    public static void RequestFreedByCBad() // bad: LIFE008
    {
        nint block = Heap.Emalloc(8);
        Libc.Free((void*)block);
    }

    private static void* Allocate() => NativeMemory.AlignedAlloc(64, 16);

    private static void Allocate(out nint block) => block = Marshal.AllocCoTaskMem(8);

    private struct Holder
    {
        public nint Block;
    }
}
