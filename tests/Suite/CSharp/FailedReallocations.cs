// weakness: CWE-401
// construct: reallocations whose result takes the place of the only pointer, in fields, through pointers and by reference; structures that are filled by their address

using System;
using System.Runtime.InteropServices;

namespace Suite.FailedReallocations;

internal static unsafe class Library
{
    [DllImport("libc")]
    public static extern void* malloc(nuint size);

    [DllImport("libc")]
    public static extern void* realloc(void* block, nuint size);

    [DllImport("libc")]
    public static extern void free(void* block);
}

public unsafe struct Numbers
{
    public int* Data;
    public int Count;
    public int Capacity;
}

public static unsafe class Growth
{
    public static bool GrowOver(Numbers* numbers, int capacity) // bad: LIFE004
    {
        numbers->Data = (int*)Library.realloc(numbers->Data, (nuint)(capacity * sizeof(int)));
        if (numbers->Data == null)
        {
            return false;
        }

        numbers->Capacity = capacity;
        return true;
    }

    public static bool GrowOverReference(ref Numbers numbers, int capacity) // bad: LIFE004
    {
        numbers.Data = (int*)Library.realloc(numbers.Data, (nuint)(capacity * sizeof(int)));
        return numbers.Data != null;
    }

    public static bool Grow(Numbers* numbers, int capacity) // good
    {
        var grown = (int*)Library.realloc(numbers->Data, (nuint)(capacity * sizeof(int)));
        if (grown == null)
        {
            return false;
        }

        numbers->Data = grown;
        numbers->Capacity = capacity;
        return true;
    }

    public static bool GrowAndPutBack(Numbers* numbers, int capacity) // good
    {
        var old = numbers->Data;
        numbers->Data = (int*)Library.realloc(numbers->Data, (nuint)(capacity * sizeof(int)));
        if (numbers->Data == null)
        {
            numbers->Data = old;
            return false;
        }

        return true;
    }

    public static bool GrowOrFree(Numbers* numbers, int capacity) // good
    {
        var old = numbers->Data;
        numbers->Data = (int*)Library.realloc(old, (nuint)(capacity * sizeof(int)));
        if (numbers->Data == null)
        {
            Library.free(old);
            return false;
        }

        return true;
    }

    public static void GrowOrFail(Numbers* numbers, int capacity) // good: nobody goes on
    {
        numbers->Data = (int*)Library.realloc(numbers->Data, (nuint)(capacity * sizeof(int)));
        if (numbers->Data == null)
        {
            Environment.FailFast("no memory");
        }
    }

    public static bool GrowByThrowing(Numbers* numbers, int capacity) // good: it throws when there is no memory
    {
        numbers->Data = (int*)Marshal.ReAllocHGlobal((IntPtr)numbers->Data, (IntPtr)(capacity * sizeof(int)));
        return numbers->Data != null;
    }

    public static bool Push(Numbers* numbers, int value) // good
    {
        if (numbers->Count == numbers->Capacity && !Grow(numbers, numbers->Capacity * 2 + 4))
        {
            return false;
        }

        numbers->Data[numbers->Count++] = value;
        return true;
    }

    public static void Clear(Numbers* numbers) // good
    {
        Library.free(numbers->Data);
        *numbers = default;
    }

    private static Numbers Range(int count) // good: the caller gets it
    {
        Numbers numbers = default;
        for (var i = 0; i < count && Push(&numbers, i); i++)
        {
        }

        return numbers;
    }

    private static bool Start(Numbers* numbers) // good: the caller has it
    {
        if (Prepare(numbers))
        {
            return true;
        }

        return false;
    }

    private static bool Prepare(Numbers* numbers) // good: the caller has it
    {
        numbers->Count = 0;
        numbers->Data = (int*)Library.malloc(64);
        return numbers->Data != null;
    }

    private static bool PushTwo(Numbers* numbers, int first, int second) // good: the caller has it
    {
        return Push(numbers, first) && Push(numbers, second);
    }

    public static int PushedLost(int count) // bad: LIFE003|LIFE004
    {
        Numbers numbers = default;
        return PushTwo(&numbers, count, 1) ? numbers.Count : 0;
    }

    public static int PushedFreed(int count) // good
    {
        Numbers numbers = default;
        var found = PushTwo(&numbers, count, 1) ? numbers.Count : 0;
        Clear(&numbers);
        return found;
    }

    public static int CountLost(int count) // bad: LIFE003
    {
        var numbers = Range(count);
        return numbers.Count;
    }

    public static int CountFreed(int count) // good
    {
        var numbers = Range(count);
        var found = numbers.Count;
        Clear(&numbers);
        return found;
    }

    public static int FilledLost(int count) // bad: LIFE003|LIFE004
    {
        Numbers numbers = default;
        Start(&numbers);
        return numbers.Count;
    }

    public static int FilledFreed(int count) // good
    {
        Numbers numbers = default;
        Start(&numbers);
        var found = numbers.Count;
        Clear(&numbers);
        return found;
    }
}

public sealed unsafe class Page : IDisposable
{
    private byte* _memory = (byte*)Library.malloc(64);

    public bool GrowOver(int size) // bad: LIFE004
    {
        _memory = (byte*)Library.realloc(_memory, (nuint)size);
        return _memory != null;
    }

    public bool Grow(int size) // good
    {
        var grown = (byte*)Library.realloc(_memory, (nuint)size);
        if (grown == null)
        {
            return false;
        }

        _memory = grown;
        return true;
    }

    public void Dispose()
    {
        Library.free(_memory);
        _memory = null;
    }
}
