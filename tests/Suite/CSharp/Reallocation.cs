// weakness: CWE-401
// construct: reallocation
using System;
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.Reallocation;

internal static unsafe class Growing
{
    public static void GrowGood(nuint wanted)
    {
        byte* block = (byte*)NativeMemory.Alloc(16);
        block = (byte*)NativeMemory.Realloc(block, wanted);
        block[0] = 1;
        NativeMemory.Free(block);
    }

    public static void LostResultBad(nuint wanted) // bad: LIFE004|LIFE003|LIFE006, LIFE007
    {
        byte* block = (byte*)NativeMemory.Alloc(16);
        NativeMemory.Realloc(block, wanted);
        block[0] = 1;
    }

    public static void OldFreedAfterReallocBad(nuint wanted) // bad: LIFE006
    {
        byte* block = (byte*)NativeMemory.Alloc(16);
        byte* bigger = (byte*)NativeMemory.Realloc(block, wanted);
        bigger[0] = 1;
        NativeMemory.Free(bigger);
        NativeMemory.Free(block);
    }

    public static void OldUsedAfterReallocBad(nuint wanted) // bad: LIFE007
    {
        byte* block = (byte*)NativeMemory.Alloc(16);
        byte* bigger = (byte*)NativeMemory.Realloc(block, wanted);
        bigger[1] = block[0];
        NativeMemory.Free(bigger);
    }

    public static void NeverFreedAfterReallocBad(int wanted) // bad: LIFE003|LIFE004
    {
        nint block = Marshal.AllocHGlobal(16);
        block = Marshal.ReAllocHGlobal(block, wanted);
        Marshal.WriteByte(block, 1);
    }

    public static void HGlobalGood(int wanted)
    {
        nint block = Marshal.AllocHGlobal(16);
        block = Marshal.ReAllocHGlobal(block, wanted);
        Marshal.WriteByte(block, 1);
        Marshal.FreeHGlobal(block);
    }

    public static void CoTaskMemGood(int wanted)
    {
        nint block = Marshal.AllocCoTaskMem(16);
        block = Marshal.ReAllocCoTaskMem(block, wanted);
        Marshal.FreeCoTaskMem(block);
    }

    public static void WrongReallocBad(int wanted) // bad: LIFE008
    {
        nint block = Marshal.AllocHGlobal(16);
        block = Marshal.ReAllocCoTaskMem(block, wanted);
        Marshal.FreeCoTaskMem(block);
    }

    public static void AlignedGood(nuint wanted)
    {
        void* block = NativeMemory.AlignedAlloc(64, 32);
        block = NativeMemory.AlignedRealloc(block, wanted, 32);
        NativeMemory.AlignedFree(block);
    }

    public static void AlignedWithPlainReallocBad(nuint wanted) // bad: LIFE008
    {
        void* block = NativeMemory.AlignedAlloc(64, 32);
        block = NativeMemory.Realloc(block, wanted);
        NativeMemory.Free(block);
    }

    public static void FromNullGood(nuint wanted)
    {
        void* block = NativeMemory.Realloc(null, wanted);
        NativeMemory.Free(block);
    }

    public static void FromNullBad(nuint wanted) // bad: LIFE003|LIFE004
    {
        byte* block = (byte*)NativeMemory.Realloc(null, wanted);
        *block = 1;
    }

    public static void LibcKeepsOldOnFailureGood(nuint wanted)
    {
        byte* block = (byte*)Libc.Malloc(16);
        byte* bigger = (byte*)Libc.Realloc(block, wanted);
        if (bigger == null)
        {
            Libc.Free(block);
            return;
        }

        bigger[0] = 1;
        Libc.Free(bigger);
    }

    public static void LibcLosesOldOnFailureBad(nuint wanted) // bad: LIFE004|LIFE003
    {
        byte* block = (byte*)Libc.Malloc(16);
        block = (byte*)Libc.Realloc(block, wanted);
        if (block == null)
        {
            return;
        }

        block[0] = 1;
        Libc.Free(block);
    }

    public static void HeapGood(nuint wanted)
    {
        nint block = Heap.Malloc(8);
        block = Heap.Realloc(block, wanted);
        Heap.Free(block);
    }

    public static void HeapOldFreedBad(nuint wanted) // bad: LIFE006
    {
        nint block = Heap.Malloc(8);
        nint bigger = Heap.Realloc(block, wanted);
        Heap.Free(block);
        Heap.Free(bigger);
    }

    public static void EmallocWithMallocReallocBad(nuint wanted) // bad: LIFE008
    {
        nint block = Heap.Emalloc(8);
        block = Heap.Realloc(block, wanted);
        Heap.Free(block);
    }

    public static void GrowInLoopGood(int count)
    {
        nuint capacity = 16;
        byte* block = (byte*)NativeMemory.Alloc(capacity);
        for (int i = 0; i < count; i++)
        {
            if ((nuint)i == capacity)
            {
                capacity *= 2;
                block = (byte*)NativeMemory.Realloc(block, capacity);
            }

            block[i] = (byte)i;
        }

        NativeMemory.Free(block);
    }

    public static void GrowInLoopBad(int count) // bad: LIFE004|LIFE003
    {
        nuint capacity = 16;
        byte* block = (byte*)NativeMemory.Alloc(capacity);
        for (int i = 0; i < count; i++)
        {
            if ((nuint)i == capacity)
            {
                byte* bigger = (byte*)NativeMemory.Alloc(capacity * 2);
                NativeMemory.Copy(block, bigger, capacity);
                capacity *= 2;
                block = bigger;
            }

            block[i] = (byte)i;
        }

        NativeMemory.Free(block);
    }
}
