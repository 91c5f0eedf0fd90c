// weakness: mixed
// construct: P/Invoke malloc and free
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.NativeCalls;

internal static unsafe partial class C
{
    [DllImport("libc", EntryPoint = "malloc", ExactSpelling = true)]
    private static extern nint malloc(nuint size);

    [DllImport("libc", EntryPoint = "free", ExactSpelling = true)]
    private static extern void free(nint block);

    [DllImport("msvcrt", CallingConvention = CallingConvention.Cdecl)]
    private static extern void* calloc(nuint count, nuint size);

    [DllImport("msvcrt", EntryPoint = "free", CallingConvention = CallingConvention.Cdecl)]
    private static extern void Release(void* block);

    [DllImport("native")]
    private static extern int fill(nint bytes, int length);

    [DllImport("native")]
    private static extern int consume(nint bytes, int length);

    public static void AddressGood()
    {
        nint block = malloc(16);
        if (block == 0)
        {
            throw new OutOfMemoryException();
        }

        Marshal.WriteByte(block, 1);
        free(block);
    }

    public static void AddressBad() // bad: LIFE003|LIFE004
    {
        nint block = malloc(16);
        if (block == 0)
        {
            throw new OutOfMemoryException();
        }

        Marshal.WriteByte(block, 1);
    }

    public static void CallocGood()
    {
        void* block = calloc(4, 4);
        Release(block);
    }

    public static void CallocBad(bool flag) // bad: LIFE004
    {
        void* block = calloc(4, 4);
        if (flag)
        {
            return;
        }

        Release(block);
    }

    public static void TwiceBad() // bad: LIFE006
    {
        nint block = malloc(16);
        free(block);
        free(block);
    }

    public static void StrdupGood(byte* text)
    {
        byte* copy = Libc.Strdup(text);
        Io.PrintInt((int)Libc.Strlen(copy));
        Libc.Free(copy);
    }

    public static void StrdupBad(byte* text) // bad: LIFE003|LIFE004
    {
        byte* copy = Libc.Strdup(text);
        Io.PrintInt((int)Libc.Strlen(copy));
    }

    public static void HGlobalFreedByLibcBad() // bad: LIFE008
    {
        nint block = Marshal.AllocHGlobal(16);
        free(block);
    }

    public static void LibcFreedByCoTaskMemBad() // bad: LIFE008
    {
        nint block = malloc(16);
        Marshal.FreeCoTaskMem(block);
    }

    public static void NativeBorrowsGood()
    {
        nint block = Marshal.AllocHGlobal(16);
        int result = consume(block, 16);
        Marshal.FreeHGlobal(block);
        Io.PrintInt(result);
    }

    public static void NativeBorrowsBad() // bad: LIFE003|LIFE004
    {
        nint block = Marshal.AllocHGlobal(16);
        Io.PrintInt(fill(block, 16));
    }

    public static void UseAfterFreeByNativeBad() // bad: LIFE007
    {
        nint block = malloc(16);
        free(block);
        consume(block, 16);
    }

    public static void NullCheckAfterFreeGood()
    {
        nint block = malloc(16);
        if (block != 0)
        {
            free(block);
        }

        Io.PrintLine(block == 0 ? "out of memory" : "done");
    }
}
