// weakness: CWE-401, CWE-415, CWE-416
// construct: native arrays of blocks that one function fills and another empties
using System;
using System.Runtime.InteropServices;

namespace Cases.NativeTables;

internal static unsafe class Rows
{
    public static byte NeverFreedBad(int count) // bad: LIFE003
    {
        byte** rows = Make(count);
        return rows == null ? (byte)0 : rows[0][0];
    }

    public static void OuterOnlyBad(int count) // bad: LIFE003
    {
        byte** rows = Make(count);
        if (rows != null)
        {
            rows[0][0] = 1;
            Free(rows);
        }
    }

    public static void FreedTwiceBad(int count) // bad: LIFE006
    {
        byte** rows = Make(count);
        if (rows == null)
        {
            return;
        }

        FreeAll(rows, count);
        Free(rows);
    }

    public static void RowAfterFreeBad(int count) // bad: LIFE007
    {
        byte** rows = Make(count);
        if (rows == null)
        {
            return;
        }

        byte* first = rows[0];
        FreeAll(rows, count);
        first[0] = 1;
    }

    public static void FreedGood(int count)
    {
        byte** rows = Make(count);
        if (rows == null)
        {
            return;
        }

        for (int i = 0; i < count; i++)
        {
            rows[i][0] = (byte)i;
        }

        FreeAll(rows, count);
    }

    public static void FreedHereGood(int count)
    {
        byte** rows = Make(count);
        if (rows == null)
        {
            return;
        }

        for (int i = 0; i < count; i++)
        {
            Free(rows[i]);
        }

        Free(rows);
    }

    public static int PartlyFilledGood(int count)
    {
        byte** rows = (byte**)Allocate((nuint)(count * sizeof(byte*)));
        if (rows == null)
        {
            return -1;
        }

        for (int i = 0; i < count; i++)
        {
            rows[i] = (byte*)Allocate(16);
            if (rows[i] == null)
            {
                while (i-- > 0)
                {
                    Free(rows[i]);
                }

                Free(rows);
                return -1;
            }
        }

        FreeAll(rows, count);
        return count;
    }

    public static byte ThreeGood()
    {
        byte** rows = stackalloc byte*[3];
        for (int i = 0; i < 3; i++)
        {
            rows[i] = (byte*)NativeMemory.Alloc(4);
        }

        byte sum = (byte)(rows[0][0] + rows[2][0]);
        for (int i = 0; i < 3; i++)
        {
            NativeMemory.Free(rows[i]);
        }

        return sum;
    }

    private static byte** Make(int count)
    {
        byte** rows = (byte**)Allocate((nuint)(count * sizeof(byte*)));
        if (rows == null)
        {
            return null;
        }

        for (int i = 0; i < count; i++)
        {
            rows[i] = (byte*)Allocate(64);
        }

        return rows;
    }

    private static void FreeAll(byte** rows, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Free(rows[i]);
        }

        Free(rows);
    }

    [DllImport("c", EntryPoint = "malloc")]
    private static extern void* Allocate(nuint size);

    [DllImport("c", EntryPoint = "free")]
    private static extern void Free(void* block);
}

internal static unsafe class Emptied
{
    public static void BackwardsGood(int count)
    {
        byte** rows = Make(count);
        FreeBackwards(rows, count);
        NativeMemory.Free(rows);
    }

    public static void BackwardsHereGood(int count)
    {
        byte** rows = Make(count);
        for (int i = count - 1; i >= 0; i--)
        {
            NativeMemory.Free(rows[i]);
        }

        NativeMemory.Free(rows);
    }

    public static void OneByOneGood()
    {
        byte** rows = (byte**)NativeMemory.Alloc(3, (nuint)sizeof(byte*));
        rows[0] = (byte*)NativeMemory.Alloc(1);
        rows[1] = (byte*)NativeMemory.Alloc(1);
        rows[2] = (byte*)NativeMemory.Alloc(1);
        FreeForwards(rows, 3);
        NativeMemory.Free(rows);
    }

    public static void AnotherCountGood(int count, int used)
    {
        byte** rows = Make(count);
        FreeForwards(rows, used);
        NativeMemory.Free(rows);
    }

    public static void ByPointerGood(int count)
    {
        byte** rows = Make(count);
        byte** row = rows;
        byte** end = rows + count;
        while (row < end)
        {
            NativeMemory.Free(*row++);
        }

        NativeMemory.Free(rows);
    }

    public static void BackwardsOuterBad(int count) // bad: LIFE003|LIFE004
    {
        byte** rows = Make(count);
        FreeBackwards(rows, count);
    }

    private static byte** Make(int count)
    {
        byte** rows = (byte**)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(byte*));
        for (int i = 0; i < count; i++)
        {
            rows[i] = (byte*)NativeMemory.Alloc(1);
        }

        return rows;
    }

    private static void FreeForwards(byte** rows, int count)
    {
        for (int i = 0; i < count; i++)
        {
            NativeMemory.Free(rows[i]);
        }
    }

    private static void FreeBackwards(byte** rows, int count)
    {
        while (count-- > 0)
        {
            NativeMemory.Free(rows[count]);
        }
    }
}
