// weakness: CWE-401, CWE-772
// construct: elements that are taken out of a queue, stack or dictionary of the body, each to be released or lost
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.TakenOutOneByOne;

internal static class TakenOutOneByOne
{
    public static int Skipped(int n) // bad: LIFE004
    {
        var waiting = new Queue<nint>();
        for (var i = 0; i < n; i++)
        {
            waiting.Enqueue(Marshal.AllocHGlobal(8));
        }

        var sum = 0;
        while (waiting.Count > 0)
        {
            var next = waiting.Dequeue();
            if (Marshal.ReadInt32(next) == 0)
            {
                continue;
            }

            sum++;
            Marshal.FreeHGlobal(next);
        }

        return sum;
    }

    public static int NotSkipped(int n)
    {
        var waiting = new Queue<nint>();
        for (var i = 0; i < n; i++)
        {
            waiting.Enqueue(Marshal.AllocHGlobal(8));
        }

        var sum = 0;
        while (waiting.Count > 0)
        {
            var next = waiting.Dequeue();
            if (Marshal.ReadInt32(next) == 0)
            {
                Marshal.FreeHGlobal(next);
                continue;
            }

            sum++;
            Marshal.FreeHGlobal(next);
        }

        return sum;
    }

    public static int PutBack(int n)
    {
        var waiting = new Queue<nint>();
        for (var i = 0; i < n; i++)
        {
            waiting.Enqueue(Marshal.AllocHGlobal(8));
        }

        var round = 0;
        while (waiting.Count > 0)
        {
            var next = waiting.Dequeue();
            if (Marshal.ReadInt32(next) == round)
            {
                waiting.Enqueue(next);
                round++;
                continue;
            }

            Marshal.FreeHGlobal(next);
        }

        return round;
    }

    public static int Popped(int n) // bad: LIFE004
    {
        var open = new Stack<nint>();
        for (var i = 0; i < n; i++)
        {
            open.Push(Marshal.AllocHGlobal(8));
        }

        var sum = 0;
        while (open.TryPop(out var top))
        {
            if (Marshal.ReadInt32(top) == 0)
            {
                break;
            }

            sum++;
            Marshal.FreeHGlobal(top);
        }

        while (open.Count > 0)
        {
            Marshal.FreeHGlobal(open.Pop());
        }

        return sum;
    }

    public static int PoppedAndFreed(int n)
    {
        var open = new Stack<nint>();
        for (var i = 0; i < n; i++)
        {
            open.Push(Marshal.AllocHGlobal(8));
        }

        var sum = 0;
        while (open.TryPop(out var top))
        {
            if (Marshal.ReadInt32(top) == 0)
            {
                Marshal.FreeHGlobal(top);
                break;
            }

            sum++;
            Marshal.FreeHGlobal(top);
        }

        while (open.Count > 0)
        {
            Marshal.FreeHGlobal(open.Pop());
        }

        return sum;
    }

    public static void Removed(int n) // bad: LIFE004
    {
        var blocks = new Dictionary<int, nint>();
        for (var i = 0; i < n; i++)
        {
            blocks[i] = Marshal.AllocHGlobal(4);
        }

        for (var i = 0; i < n; i++)
        {
            if (blocks.Remove(i, out var block))
            {
                if (i % 2 == 0)
                {
                    Marshal.FreeHGlobal(block);
                }
            }
        }
    }

    public static void MovedOn(int n)
    {
        var waiting = new Queue<nint>();
        var done = new List<nint>();
        for (var i = 0; i < n; i++)
        {
            waiting.Enqueue(Marshal.AllocHGlobal(8));
        }

        while (waiting.Count > 0)
        {
            var next = waiting.Dequeue();
            done.Add(next);
        }

        foreach (var block in done)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void FreedAtTheHead(int n)
    {
        var waiting = new Queue<nint>();
        for (var i = 0; i < n; i++)
        {
            waiting.Enqueue(Marshal.AllocHGlobal(8));
        }

        while (waiting.Count > 0)
        {
            var next = waiting.Peek();
            Marshal.FreeHGlobal(next);
            waiting.Dequeue();
        }
    }

    public static int HeldByAnother(int n)
    {
        var waiting = new Queue<nint>();
        var all = new Dictionary<int, nint>();
        for (var i = 0; i < n; i++)
        {
            var block = Marshal.AllocHGlobal(8);
            waiting.Enqueue(block);
            all[i] = block;
        }

        var sum = 0;
        while (waiting.Count > 0)
        {
            var next = waiting.Dequeue();
            if (Marshal.ReadInt32(next) == 0)
            {
                continue;
            }

            sum++;
        }

        foreach (var block in all.Values)
        {
            Marshal.FreeHGlobal(block);
        }

        return sum;
    }

    public static int FreedBefore(int n)
    {
        var waiting = new Queue<nint>();
        for (var i = 0; i < n; i++)
        {
            waiting.Enqueue(Marshal.AllocHGlobal(8));
        }

        foreach (var block in waiting)
        {
            Marshal.FreeHGlobal(block);
        }

        var sum = 0;
        while (waiting.Count > 0)
        {
            waiting.Dequeue();
            sum++;
        }

        return sum;
    }

    public static int OfOthersToo(int n, nint first)
    {
        var waiting = new Queue<nint>();
        waiting.Enqueue(first);
        for (var i = 0; i < n; i++)
        {
            waiting.Enqueue(Marshal.AllocHGlobal(8));
        }

        var sum = 0;
        while (waiting.Count > 0)
        {
            var next = waiting.Dequeue();
            if (next == first)
            {
                continue;
            }

            sum++;
            Marshal.FreeHGlobal(next);
        }

        return sum;
    }
}
