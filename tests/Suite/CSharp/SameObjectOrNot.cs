// weakness: mixed
// construct: setters that ask whether they are handed the object that they have
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.SameObjectOrNot;

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

internal sealed class ByMethod : IDisposable
{
    private Cell? _cell;

    public void Set(Cell? cell)
    {
        if (_cell != cell)
        {
            _cell?.Dispose();
            _cell = cell;
        }
    }

    public void RenewGood() => Set(new Cell());

    public void Dispose()
    {
        _cell?.Dispose();
        _cell = null;
    }
}

internal sealed class ByProperty : IDisposable
{
    private Cell? _cell;

    public Cell? Cell
    {
        get => _cell;
        set
        {
            if (ReferenceEquals(_cell, value))
            {
                return;
            }

            _cell?.Dispose();
            _cell = value;
        }
    }

    public void RenewGood() => Cell = new Cell();

    public void Dispose()
    {
        _cell?.Dispose();
        _cell = null;
    }
}

internal static class Slots
{
    private static void Set(ref Cell? slot, Cell? cell)
    {
        if (ReferenceEquals(slot, cell))
        {
            return;
        }

        slot?.Dispose();
        slot = cell;
    }

    // takes only what there is no other for
    private static void SetFirst(ref Cell? slot, Cell cell)
    {
        if (slot is null)
        {
            slot = cell;
        }
    }

    public static void InLoopGood(int n)
    {
        Cell? cell = null;
        for (int i = 0; i < n; i++)
        {
            Set(ref cell, new Cell());
        }

        Set(ref cell, null);
    }

    public static Cell WinnerGood()
    {
        Cell a = new(), b = new();
        var winner = a.Value > b.Value ? a : b;
        if (winner == a)
        {
            b.Dispose();
        }
        else
        {
            a.Dispose();
        }

        return winner;
    }

    public static Cell LoserStaysBad() // bad: LIFE003|LIFE004
    {
        Cell a = new(), b = new();
        var winner = a.Value > b.Value ? a : b;
        if (winner == a)
        {
            b.Dispose();
        }

        return winner;
    }

    public static void InLoopBad(int n) // bad: LIFE003|LIFE004
    {
        Cell? cell = null;
        for (int i = 0; i < n; i++)
        {
            Set(ref cell, new Cell());
        }

        Io.PrintInt(n);
    }

    public static void SecondIsLostBad() // bad: LIFE003|LIFE004
    {
        Cell? cell = null;
        SetFirst(ref cell, new Cell());
        SetFirst(ref cell, new Cell());
        cell?.Dispose();
    }
}
