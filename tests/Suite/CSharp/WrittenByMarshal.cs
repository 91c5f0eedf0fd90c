// weakness: CWE-401
// construct: tables in native memory that functions of the library write and read; copies of collections
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.WrittenByMarshal;

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

internal static class Tables
{
    [DllImport("tables")]
    private static extern void table_run(IntPtr table, int count);

    public static void FirstGood(string text)
    {
        IntPtr table = Marshal.AllocHGlobal(IntPtr.Size);
        Marshal.WriteIntPtr(table, Marshal.StringToHGlobalAnsi(text));
        table_run(table, 1);
        Marshal.FreeHGlobal(Marshal.ReadIntPtr(table));
        Marshal.FreeHGlobal(table);
    }

    public static void EachGood(string[] texts)
    {
        IntPtr table = Marshal.AllocHGlobal(texts.Length * IntPtr.Size);
        for (int i = 0; i < texts.Length; i++)
        {
            Marshal.WriteIntPtr(table, i * IntPtr.Size, Marshal.StringToHGlobalAnsi(texts[i]));
        }

        table_run(table, texts.Length);
        for (int i = 0; i < texts.Length; i++)
        {
            Marshal.FreeHGlobal(Marshal.ReadIntPtr(table, i * IntPtr.Size));
        }

        Marshal.FreeHGlobal(table);
    }

    public static unsafe void ByPointerGood(string[] texts)
    {
        IntPtr table = Marshal.AllocHGlobal(texts.Length * IntPtr.Size);
        for (int i = 0; i < texts.Length; i++)
        {
            Marshal.WriteIntPtr(table, i * IntPtr.Size, Marshal.StringToHGlobalAnsi(texts[i]));
        }

        IntPtr* all = (IntPtr*)table;
        for (int i = 0; i < texts.Length; i++)
        {
            Marshal.FreeHGlobal(all[i]);
        }

        Marshal.FreeHGlobal(table);
    }

    public static void KeptBesideGood(string[] texts)
    {
        var kept = new IntPtr[texts.Length];
        IntPtr table = Marshal.AllocHGlobal(texts.Length * IntPtr.Size);
        for (int i = 0; i < texts.Length; i++)
        {
            kept[i] = Marshal.StringToHGlobalAnsi(texts[i]);
            Marshal.WriteIntPtr(table, i * IntPtr.Size, kept[i]);
        }

        table_run(table, texts.Length);
        foreach (IntPtr text in kept)
        {
            Marshal.FreeHGlobal(text);
        }

        Marshal.FreeHGlobal(table);
    }

    public static void CopiedBackGood(string[] texts)
    {
        IntPtr table = Marshal.AllocHGlobal(texts.Length * IntPtr.Size);
        for (int i = 0; i < texts.Length; i++)
        {
            Marshal.WriteIntPtr(table, i * IntPtr.Size, Marshal.StringToHGlobalAnsi(texts[i]));
        }

        var back = new IntPtr[texts.Length];
        Marshal.Copy(table, back, 0, texts.Length);
        foreach (IntPtr text in back)
        {
            Marshal.FreeHGlobal(text);
        }

        Marshal.FreeHGlobal(table);
    }

    public static IntPtr ReturnedGood(string[] texts)
    {
        IntPtr table = Marshal.AllocHGlobal(texts.Length * IntPtr.Size);
        for (int i = 0; i < texts.Length; i++)
        {
            Marshal.WriteIntPtr(table, i * IntPtr.Size, Marshal.StringToHGlobalAnsi(texts[i]));
        }

        return table;
    }

    public static void FirstBad(string text) // bad: LIFE003|LIFE004
    {
        IntPtr table = Marshal.AllocHGlobal(IntPtr.Size);
        Marshal.WriteIntPtr(table, Marshal.StringToHGlobalAnsi(text));
        Marshal.FreeHGlobal(table);
    }

    public static void EachBad(string[] texts) // bad: LIFE003|LIFE004
    {
        IntPtr table = Marshal.AllocHGlobal(texts.Length * IntPtr.Size);
        for (int i = 0; i < texts.Length; i++)
        {
            Marshal.WriteIntPtr(table, i * IntPtr.Size, Marshal.StringToHGlobalAnsi(texts[i]));
        }

        Marshal.FreeHGlobal(table);
    }
}

internal static class Copies
{
    private static Cell[] Made(int n)
    {
        var cells = new List<Cell>();
        for (int i = 0; i < n; i++)
        {
            cells.Add(new Cell());
        }

        return cells.ToArray();
    }

    private static Cell[] MadeOrNone(int n)
    {
        var cells = new List<Cell>();
        try
        {
            for (int i = 0; i < n; i++)
            {
                cells.Add(new Cell());
            }

            return cells.ToArray();
        }
        catch
        {
            foreach (var cell in cells)
            {
                cell.Dispose();
            }

            throw;
        }
    }

    public static int SumGood(int n)
    {
        var cells = Made(n);
        int sum = cells.Sum(cell => cell.Value);
        foreach (var cell in cells)
        {
            cell.Dispose();
        }

        return sum;
    }

    public static int FinallyGood(int n)
    {
        var cells = MadeOrNone(n);
        try
        {
            int sum = 0;
            foreach (var cell in cells)
            {
                sum += cell.Value;
            }

            return sum;
        }
        finally
        {
            foreach (var cell in cells)
            {
                cell.Dispose();
            }
        }
    }

    public static void SnapshotGood(int n)
    {
        var cells = new List<Cell>();
        for (int i = 0; i < n; i++)
        {
            cells.Add(new Cell());
        }

        foreach (var cell in cells.ToArray())
        {
            cell.Dispose();
        }
    }

    public static void BesideSnapshotGood(int n)
    {
        var cells = new List<Cell>();
        for (int i = 0; i < n; i++)
        {
            cells.Add(new Cell());
        }

        var snapshot = cells.ToArray();
        foreach (var cell in cells)
        {
            cell.Dispose();
        }

        Io.PrintInt(snapshot.Length);
    }

    public static int SumBad(int n) // bad: LIFE003|LIFE004
    {
        var cells = Made(n);
        int sum = 0;
        foreach (var cell in cells)
        {
            sum += cell.Value;
        }

        return sum;
    }

    public static int FirstMatchBad(int n) // bad: LIFE003|LIFE004
    {
        var cells = MadeOrNone(n);
        foreach (var cell in cells)
        {
            if (cell.Value > 3)
            {
                return cell.Value;
            }
        }

        return 0;
    }

    public static int SnapshotBad(int n) // bad: LIFE003|LIFE004
    {
        var cells = new List<Cell>();
        for (int i = 0; i < n; i++)
        {
            cells.Add(new Cell());
        }

        int sum = 0;
        foreach (var cell in cells.ToArray())
        {
            sum += cell.Value;
        }

        return sum;
    }
}
