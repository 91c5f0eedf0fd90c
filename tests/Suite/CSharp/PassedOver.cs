// weakness: CWE-401, CWE-772
// construct: loops that release the elements of a table and pass over some, or come when some have been taken out
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.PassedOver;

internal static unsafe class PassedOver
{
    public static void GoesOn(int n) // bad: LIFE004
    {
        var blocks = new List<nint>();
        for (var i = 0; i < n; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        foreach (var block in blocks)
        {
            if (Marshal.ReadInt32(block) == 0)
            {
                continue;
            }

            Marshal.FreeHGlobal(block);
        }
    }

    public static void Stops(int n) // bad: LIFE004
    {
        var blocks = new List<nint>();
        for (var i = 0; i < n; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        foreach (var block in blocks)
        {
            if (*(int*)block == 0)
            {
                break;
            }

            Marshal.FreeHGlobal(block);
        }
    }

    public static void OnlySome(int n) // bad: LIFE004
    {
        var blocks = new nint[n];
        for (var i = 0; i < n; i++)
        {
            blocks[i] = Marshal.AllocHGlobal(8);
        }

        for (var i = 0; i < n; i++)
        {
            if (Marshal.ReadInt32(blocks[i]) > 0)
            {
                Marshal.FreeHGlobal(blocks[i]);
            }
        }
    }

    public static void IfThereIsOne(int n)
    {
        var blocks = new nint[n];
        for (var i = 0; i < n; i += 2)
        {
            blocks[i] = Marshal.AllocHGlobal(8);
        }

        for (var i = 0; i < n; i++)
        {
            if (blocks[i] != 0)
            {
                Marshal.FreeHGlobal(blocks[i]);
            }
        }
    }

    public static void AsFlagsSay(int n, bool[] mine)
    {
        var blocks = new List<nint>();
        for (var i = 0; i < n; i++)
        {
            blocks.Add(mine[i] ? Marshal.AllocHGlobal(8) : 0);
        }

        for (var i = 0; i < n; i++)
        {
            if (!mine[i])
            {
                continue;
            }

            Marshal.FreeHGlobal(blocks[i]);
        }
    }

    public static List<nint> KeepsThem(int n)
    {
        var blocks = new List<nint>();
        var kept = new List<nint>();
        for (var i = 0; i < n; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        foreach (var block in blocks)
        {
            if (Marshal.ReadInt32(block) == 0)
            {
                kept.Add(block);
                continue;
            }

            Marshal.FreeHGlobal(block);
        }

        return kept;
    }

    public static int LooksFirst(int n)
    {
        var blocks = new List<nint>();
        for (var i = 0; i < n; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        var sum = 0;
        foreach (var block in blocks)
        {
            if (Marshal.ReadInt32(block) == 0)
            {
                continue;
            }

            sum++;
        }

        foreach (var block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }

        return sum;
    }

    public static void ClearedTooSoon(int n) // bad: LIFE004
    {
        var blocks = new List<nint>();
        for (var i = 0; i < n; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        blocks.Clear();
        foreach (var block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void ClearedAfterwards(int n)
    {
        var blocks = new List<nint>();
        for (var i = 0; i < n; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        foreach (var block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }

        blocks.Clear();
    }

    public static void ClearedBefore(int n)
    {
        var blocks = new List<nint>();
        blocks.Clear();
        for (var i = 0; i < n; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        foreach (var block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void OneTakenOut(int n) // bad: LIFE004
    {
        var blocks = new List<nint>();
        for (var i = 0; i < n; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        if (blocks.Count > 3)
        {
            blocks.RemoveAt(0);
        }

        foreach (var block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void OneFreedAndTakenOut(int n)
    {
        var blocks = new List<nint>();
        for (var i = 0; i < n; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        if (blocks.Count > 3)
        {
            Marshal.FreeHGlobal(blocks[0]);
            blocks.RemoveAt(0);
        }

        foreach (var block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}
