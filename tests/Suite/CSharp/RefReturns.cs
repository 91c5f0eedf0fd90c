// weakness: CWE-416
// construct: references that members return
using System;
using System.Runtime.InteropServices;

namespace Cases.RefReturns;

internal sealed unsafe class Numbers : IDisposable
{
    private readonly int* _items = (int*)NativeMemory.AllocZeroed(4, sizeof(int));

    public ref int this[int index] => ref _items[index];

    public ref int First() => ref *_items;

    public void Dispose() => NativeMemory.Free(_items);
}

internal static class RefReturn
{
    public static int IndexerBad() // bad: LIFE007
    {
        var numbers = new Numbers();
        ref int second = ref numbers[1];
        numbers.Dispose();
        return second;
    }

    public static void MethodBad() // bad: LIFE007
    {
        var numbers = new Numbers();
        ref int first = ref numbers.First();
        numbers.Dispose();
        first = 3;
    }

    public static void WrittenBad() // bad: LIFE007
    {
        var numbers = new Numbers();
        numbers.Dispose();
        numbers[1] = 3;
    }

    public static int ValueGood()
    {
        var numbers = new Numbers();
        numbers[1] = 3;
        int second = numbers[1];
        ref int first = ref numbers.First();
        first = second;
        numbers.Dispose();
        return second;
    }
}
