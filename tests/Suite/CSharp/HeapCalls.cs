// weakness: mixed
// construct: Heap.Malloc and Heap.Emalloc
using System;
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.HeapCalls;

internal static unsafe class Calls
{
    public static void MallocGood()
    {
        nint block = Heap.Malloc(16);
        Marshal.WriteByte(block, 1);
        Heap.Free(block);
    }

    public static void MallocBad() // bad: LIFE003|LIFE004
    {
        nint block = Heap.Malloc(16);
        Marshal.WriteByte(block, 1);
    }

    public static void TypedMallocGood()
    {
        int* numbers = Heap.Malloc<int>(4);
        numbers[0] = 1;
        Heap.Free(numbers);
    }

    public static void TypedMallocBad() // bad: LIFE003|LIFE004
    {
        int* numbers = Heap.Malloc<int>(4);
        numbers[0] = 1;
    }

    public static void CallocBad(bool flag) // bad: LIFE004
    {
        nint block = Heap.Calloc(4, 4);
        if (flag)
        {
            Heap.Free(block);
        }
    }

    public static void EmallocLeftToTheScopeGood()
    {
        using RequestScope scope = RequestScope.Begin();
        nint block = Heap.Emalloc(16);
        Marshal.WriteByte(block, 1);
    }

    public static void EmallocPairGood()
    {
        using RequestScope scope = RequestScope.Begin();
        nint block = Heap.Emalloc(16);
        Marshal.WriteByte(block, 1);
        Heap.Efree(block);
    }

    public static void EfreeTwiceBad() // bad: LIFE006
    {
        using RequestScope scope = RequestScope.Begin();
        nint block = Heap.Emalloc(16);
        Heap.Efree(block);
        Heap.Efree(block);
    }

    public static void UseAfterEfreeBad() // bad: LIFE007
    {
        using RequestScope scope = RequestScope.Begin();
        nint block = Heap.Emalloc(16);
        Heap.Efree(block);
        Marshal.WriteByte(block, 1);
    }

    public static void MallocEfreeBad() // bad: LIFE008
    {
        nint block = Heap.Malloc(16);
        Heap.Efree(block);
    }

    public static void EmallocFreeBad() // bad: LIFE008
    {
        nint block = Heap.Emalloc(16);
        Heap.Free(block);
    }

    public static void EmallocNativeFreeBad() // bad: LIFE008
    {
        int* block = Heap.Emalloc<int>(4);
        NativeMemory.Free(block);
    }

    public static void HGlobalHeapFreeBad() // bad: LIFE008
    {
        nint block = Marshal.AllocHGlobal(16);
        Heap.Free(block);
    }

    public static void InteriorBad() // bad: LIFE009
    {
        byte* block = Heap.Malloc<byte>(16);
        block += 8;
        Heap.Free(block);
    }

    public static void EreallocGood(nuint wanted)
    {
        nint block = Heap.Emalloc(16);
        block = Heap.Erealloc(block, wanted);
        Heap.Efree(block);
    }

    public static void ScopeInstanceGood()
    {
        using RequestScope scope = RequestScope.Begin();
        nint block = scope.Emalloc(16);
        Marshal.WriteByte(block, 1);
        scope.Efree(block);
    }

    public static void ConditionalMallocGood(bool persistent)
    {
        nint block = persistent ? Heap.Malloc(16) : Heap.Emalloc(16);
        Marshal.WriteByte(block, 1);
        if (persistent)
        {
            Heap.Free(block);
        }
        else
        {
            Heap.Efree(block);
        }
    }

    public static void ConditionalMallocCrossedBad(bool persistent) // bad: LIFE008
    {
        nint block = persistent ? Heap.Malloc(16) : Heap.Emalloc(16);
        Marshal.WriteByte(block, 1);
        if (!persistent)
        {
            Heap.Free(block);
        }
        else
        {
            Heap.Free(block);
        }
    }
}
