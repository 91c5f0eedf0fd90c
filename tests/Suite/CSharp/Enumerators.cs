// weakness: mixed
// construct: foreach with its implicit dispose
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.Enumerators;

internal unsafe ref struct NativeRange
{
    private readonly int* _numbers;
    private readonly int _count;
    private int _index;

    public NativeRange(int count)
    {
        _numbers = (int*)NativeMemory.Alloc((nuint)count, sizeof(int));
        _count = count;
        _index = -1;
        for (int i = 0; i < count; i++)
        {
            _numbers[i] = i;
        }
    }

    public readonly int Current => _numbers[_index];

    public readonly NativeRange GetEnumerator() => this;

    public bool MoveNext() => ++_index < _count;

    public readonly void Dispose() => NativeMemory.Free(_numbers);
}

internal static class Loops
{
    public static int DisposedByForeachGood(int count)
    {
        int sum = 0;
        foreach (int number in new NativeRange(count))
        {
            sum += number;
        }

        return sum;
    }

    public static int BreakDisposesTooGood(int count)
    {
        foreach (int number in new NativeRange(count))
        {
            if (number > 3)
            {
                return number;
            }
        }

        return 0;
    }

    public static int ByHandGood(int count)
    {
        NativeRange range = new(count);
        int sum = 0;
        while (range.MoveNext())
        {
            sum += range.Current;
        }

        range.Dispose();
        return sum;
    }

    public static int ByHandBad(int count) // bad: LIFE003|LIFE004
    {
        NativeRange range = new(count);
        int sum = 0;
        while (range.MoveNext())
        {
            sum += range.Current;
        }

        return sum;
    }

    public static int ForeachAndDisposeBad(int count) // bad: LIFE006
    {
        NativeRange range = new(count);
        int sum = 0;
        foreach (int number in range)
        {
            sum += number;
        }

        range.Dispose();
        return sum;
    }
}
