// weakness: CWE-401
// construct: structs with a primary constructor whose fields begin with a block

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Suite.PrimaryStructs;

public unsafe struct Lane<T>(int length) : IDisposable where T : unmanaged
{
    private T* _start = (T*)NativeMemory.Alloc((nuint)length, (nuint)sizeof(T));

    public readonly int Length => length;

    public readonly bool IsMade => _start != null;

    public readonly ref T this[int index] => ref _start[index];

    public readonly Span<T> Items => new(_start, length);

    public void Dispose()
    {
        NativeMemory.Free(_start);
        _start = null;
    }
}

public sealed class Report(Action<int>? shown, int size)
{
    private readonly int _half = shown is null ? 0 : size / 2;

    public bool IsShown => shown != null;

    public int Show()
    {
        shown?.Invoke(_half);
        return size;
    }
}

public sealed class Table : IDisposable
{
    private Lane<int> _offsets;
    private Lane<long> _values;

    private Table(int rows)
    {
        _offsets = new Lane<int>(rows + 1);
        _values = new Lane<long>(rows);
    }

    public static Table Refused(int rows, int first) // bad: LIFE005
    {
        var table = new Table(rows);
        if (first >= rows)
        {
            throw new ArgumentOutOfRangeException(nameof(first));
        }

        table._offsets[0] = first;
        return table;
    }

    public static Table Checked(int rows, int first) // good
    {
        if (first >= rows)
        {
            throw new ArgumentOutOfRangeException(nameof(first));
        }

        var table = new Table(rows);
        table._offsets[0] = first;
        return table;
    }

    public void Replaced(int rows) // good
    {
        var former = _values;
        _values = new Lane<long>(rows);
        former.Dispose();
    }

    public void Dispose()
    {
        _offsets.Dispose();
        _values.Dispose();
    }
}

public static class Lanes
{
    public static Lane<int> Ranks(int count) // good
    {
        var ranks = new Lane<int>(count);
        ranks.Items.Fill(-1);
        return ranks;
    }

    public static bool OnlyLookedAt(int count, int at) // bad: LIFE003
    {
        var ranks = Ranks(count);
        return ranks[at] >= 0;
    }

    private static Lane<double> Each(this Lane<double> source, Func<double, double> change)
    {
        var result = new Lane<double>(source.Length);
        for (var i = 0; i < source.Length; i++)
        {
            result[i] = change(source[i]);
        }

        return result;
    }

    private static double Sum(this Lane<double> source)
    {
        double sum = 0;
        foreach (var item in source.Items)
        {
            sum += item;
        }

        return sum;
    }

    public static double LostInBetween(Lane<double> source) => source.Each(Math.Sqrt).Sum(); // bad: LIFE003

    public static double KeptInBetween(Lane<double> source) // good
    {
        using var roots = source.Each(Math.Sqrt);
        return roots.Sum();
    }

    public static int Twice(int count) // bad: LIFE006
    {
        var lane = new Lane<int>(count);
        var other = lane;
        var length = other.Length;
        lane.Dispose();
        other.Dispose();
        return length;
    }

    public static int Chosen(int count) // good
    {
        var lane = count > 10 ? new Lane<int>(count) : default;
        var length = lane.IsMade ? lane.Length : 0;
        if (lane.IsMade)
        {
            lane.Dispose();
        }

        return length;
    }

    public static int Boxed(int count) // good
    {
        var all = new List<IDisposable> { new Lane<int>(count), new Lane<long>(count) };
        var number = all.Count;
        foreach (var one in all)
        {
            one.Dispose();
        }

        return number;
    }

    private static Lane<int> Wider(Lane<int> lane, int length)
    {
        if (lane.Length >= length)
        {
            return lane;
        }

        var wider = new Lane<int>(length);
        lane.Items.CopyTo(wider.Items);
        lane.Dispose();
        return wider;
    }

    public static int Grown(int[] numbers) // good
    {
        var lane = new Lane<int>(1);
        for (var i = 0; i < numbers.Length; i++)
        {
            lane = Wider(lane, i);
        }

        var length = lane.Length;
        lane.Dispose();
        return length;
    }

    public static nint ShownOrNot(Report report, int size) // good
    {
        var block = Marshal.AllocHGlobal(size);
        var own = new Report(report.IsShown ? Console.WriteLine : null, size);
        if (own.IsShown)
        {
            Marshal.FreeHGlobal(block);
            return 0;
        }

        return block;
    }
}
