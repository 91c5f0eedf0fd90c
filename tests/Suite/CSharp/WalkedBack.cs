// weakness: CWE-761 Free of Pointer not at Start of Buffer
// construct: pointers that a loop compares with the start or end of their block
using System;
using System.Runtime.InteropServices;

namespace Cases.WalkedBack;

public static unsafe class Walks
{
    public static void BackToTheStart()
    {
        byte* start = (byte*)NativeMemory.Alloc(16);
        byte* end = start + 16;
        while (end > start)
        {
            *--end = 1;
        }

        NativeMemory.Free(end);
    }

    public static void BackUntilTheSame()
    {
        byte* start = (byte*)NativeMemory.Alloc(16);
        byte* end = start + 16;
        while (end != start)
        {
            *--end = 1;
        }

        NativeMemory.Free(end);
    }

    public static void BackInAFor()
    {
        byte* start = (byte*)NativeMemory.Alloc(16);
        byte* at;
        for (at = start + 15; at > start; at--)
        {
            *at = 1;
        }

        NativeMemory.Free(at);
    }

    public static void NotBack(int count) // bad: LIFE009
    {
        byte* start = (byte*)NativeMemory.Alloc(16);
        byte* end = start + 16;
        for (int i = 0; i < count; i++)
        {
            start[i] = 1;
        }

        NativeMemory.Free(end);
    }

    public static void Forward() // bad: LIFE009
    {
        byte* start = (byte*)NativeMemory.Alloc(16);
        byte* at = start + 1;
        while (at < start + 16)
        {
            *at++ = 1;
        }

        NativeMemory.Free(at);
    }

    private struct Row
    {
        public byte* Name;
        public int Count;
    }

    public static void TableByARunningPointer(string[] names)
    {
        Row* rows = (Row*)NativeMemory.AllocZeroed((nuint)names.Length, (nuint)sizeof(Row));
        for (int i = 0; i < names.Length; i++)
        {
            rows[i].Name = (byte*)Marshal.StringToCoTaskMemUTF8(names[i]);
        }

        for (Row* row = rows, end = rows + names.Length; row < end; row++)
        {
            Marshal.FreeCoTaskMem((IntPtr)row->Name);
        }

        NativeMemory.Free(rows);
    }

    public static void TableUntilTheEnd(string[] names)
    {
        Row* rows = (Row*)NativeMemory.AllocZeroed((nuint)names.Length, (nuint)sizeof(Row));
        for (int i = 0; i < names.Length; i++)
        {
            rows[i].Name = (byte*)Marshal.StringToCoTaskMemUTF8(names[i]);
        }

        Row* end = rows + names.Length;
        for (Row* row = rows; row != end; row++)
        {
            Marshal.FreeCoTaskMem((IntPtr)row->Name);
        }

        NativeMemory.Free(rows);
    }

    public static int TableThatIsOnlyRead(string[] names) // bad: LIFE004
    {
        Row* rows = (Row*)NativeMemory.AllocZeroed((nuint)names.Length, (nuint)sizeof(Row));
        for (int i = 0; i < names.Length; i++)
        {
            rows[i].Name = (byte*)Marshal.StringToCoTaskMemUTF8(names[i]);
        }

        int sum = 0;
        for (Row* row = rows, end = rows + names.Length; row < end; row++)
        {
            sum += row->Count;
        }

        NativeMemory.Free(rows);
        return sum;
    }
}
