// weakness: CWE-401
// construct: tables in tables, and what the size of a view says
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.NestedTables;

internal sealed class Cell : IDisposable
{
    private IntPtr _p = Marshal.AllocHGlobal(8);

    public int Value => Marshal.ReadInt32(_p);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_p);
        _p = IntPtr.Zero;
    }
}

internal static class Grids
{
    public static void ArraysGood(int n)
    {
        var grid = new Cell[n][];
        for (int i = 0; i < n; i++)
        {
            grid[i] = new Cell[i];
            for (int j = 0; j < i; j++)
            {
                grid[i][j] = new Cell();
            }
        }

        foreach (var row in grid)
        {
            foreach (var cell in row)
            {
                cell.Dispose();
            }
        }
    }

    public static void RowsAreMadeFirstGood(int n)
    {
        var grid = new IntPtr[n][];
        for (int i = 0; i < n; i++)
        {
            var row = new IntPtr[n];
            for (int j = 0; j < n; j++)
            {
                row[j] = Marshal.AllocHGlobal(j);
            }

            grid[i] = row;
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                Marshal.FreeHGlobal(grid[i][j]);
            }
        }
    }

    public static void ListsGood(int n)
    {
        var grid = new List<List<Cell>>();
        for (int i = 0; i < n; i++)
        {
            var row = new List<Cell>();
            grid.Add(row);
            row.Add(new Cell());
        }

        foreach (var row in grid)
        {
            foreach (var cell in row)
            {
                cell.Dispose();
            }
        }
    }

    public static int OneRowBad(int n) // bad: LIFE003|LIFE004
    {
        var row = new Cell[n];
        for (int i = 0; i < n; i++)
        {
            row[i] = new Cell();
        }

        int sum = 0;
        foreach (var cell in row)
        {
            sum += cell.Value;
        }

        return sum;
    }

    public static int CellBesideGridBad(int n) // bad: LIFE003|LIFE004
    {
        var corner = new Cell();
        var grid = new Cell[n][];
        for (int i = 0; i < n; i++)
        {
            grid[i] = new Cell[] { new Cell() };
        }

        foreach (var row in grid)
        {
            row[0].Dispose();
        }

        return corner.Value;
    }
}

internal static class Sizes
{
    public static unsafe int SpanGood(int n)
    {
        byte* p = (byte*)NativeMemory.Alloc((nuint)n);
        var bytes = new Span<byte>(p, n);
        bytes.Clear();
        NativeMemory.Free(p);
        return bytes.IsEmpty ? 0 : bytes.Length;
    }

    public static int SegmentGood(int n)
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(n);
        var segment = new ArraySegment<byte>(array, 0, n);
        ArrayPool<byte>.Shared.Return(array);
        return segment.Count + segment.Offset;
    }

    public static unsafe int SpanBad(int n) // bad: LIFE007
    {
        byte* p = (byte*)NativeMemory.Alloc((nuint)n);
        var bytes = new Span<byte>(p, n);
        NativeMemory.Free(p);
        return bytes.Length + bytes[0];
    }

    public static int SegmentBad(int n) // bad: LIFE007
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(n);
        var segment = new ArraySegment<byte>(array, 0, n);
        ArrayPool<byte>.Shared.Return(array);
        return segment.Count + segment[0];
    }
}

internal static class OnDemand
{
    public static int MadeOrNotGood(int n)
    {
        var lazy = new Lazy<Cell>(() => new Cell());
        try
        {
            return n < 0 ? 0 : lazy.Value.Value;
        }
        finally
        {
            if (lazy.IsValueCreated)
            {
                lazy.Value.Dispose();
            }
        }
    }

    public static int MadeBad(int n) // bad: LIFE003|LIFE004
    {
        var lazy = new Lazy<Cell>(() => new Cell());
        if (n < 0)
        {
            return 0;
        }

        Io.PrintInt(lazy.Value.Value);
        return lazy.IsValueCreated ? 1 : 2;
    }
}
