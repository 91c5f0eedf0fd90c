// weakness: CWE-415, CWE-416
// construct: loops over arrays and collections of which another loop has released every element
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.EmptiedTables;

internal static class Loops
{
    public static void ListTwiceBad(List<IntPtr> blocks) // bad: LIFE006
    {
        foreach (IntPtr block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }

        foreach (IntPtr block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static int ReadAfterBad(IntPtr[] blocks) // bad: LIFE007
    {
        for (int i = 0; i < blocks.Length; i++)
        {
            Marshal.FreeHGlobal(blocks[i]);
        }

        int sum = 0;
        for (int i = 0; i < blocks.Length; i++)
        {
            sum += Marshal.ReadByte(blocks[i]);
        }

        return sum;
    }

    public static int ReadThenFreedGood(IntPtr[] blocks)
    {
        int sum = 0;
        for (int i = 0; i < blocks.Length; i++)
        {
            sum += Marshal.ReadByte(blocks[i]);
        }

        for (int i = 0; i < blocks.Length; i++)
        {
            Marshal.FreeHGlobal(blocks[i]);
        }

        return sum;
    }

    public static void ClearedGood(IntPtr[] blocks)
    {
        for (int i = 0; i < blocks.Length; i++)
        {
            Marshal.FreeHGlobal(blocks[i]);
            blocks[i] = IntPtr.Zero;
        }

        for (int i = 0; i < blocks.Length; i++)
        {
            Marshal.FreeHGlobal(blocks[i]);
        }
    }

    public static void EmptiedGood(List<IntPtr> blocks)
    {
        foreach (IntPtr block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }

        blocks.Clear();
        foreach (IntPtr block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void PartsGood(IntPtr[] blocks, int middle)
    {
        for (int i = 0; i < middle; i++)
        {
            Marshal.FreeHGlobal(blocks[i]);
        }

        for (int i = middle; i < blocks.Length; i++)
        {
            Marshal.FreeHGlobal(blocks[i]);
        }
    }

    public static void SomeGood(List<IntPtr> blocks)
    {
        foreach (IntPtr block in blocks)
        {
            if (((long)block & 1) == 0)
            {
                Marshal.FreeHGlobal(block);
            }
        }

        foreach (IntPtr block in blocks)
        {
            if (((long)block & 1) != 0)
            {
                Marshal.FreeHGlobal(block - 1);
            }
        }
    }

    public static void FilledAgainGood(IntPtr[] blocks, int size)
    {
        for (int i = 0; i < blocks.Length; i++)
        {
            Marshal.FreeHGlobal(blocks[i]);
        }

        for (int i = 0; i < blocks.Length; i++)
        {
            blocks[i] = Marshal.AllocHGlobal(size);
        }
    }
}
