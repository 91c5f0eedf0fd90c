// weakness: CWE-401
// construct: static fields
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.StaticFields;

internal static unsafe class Tables
{
    private static readonly int* Squares = MakeSquares();
    private static readonly nint Scratch = Marshal.AllocHGlobal(64);
    private static readonly Dictionary<string, nint> Names = new();
    private static readonly ConcurrentBag<nint> Free = new();
    private static byte* s_lazy;
    private static nint s_current;
    private static readonly GCHandle Root;

    static Tables()
    {
        Root = GCHandle.Alloc(new object());
        s_current = Marshal.AllocHGlobal(8);
    }

    public static int SquareGood(int number) => Squares[number];

    public static byte* LazyGood()
    {
        if (s_lazy == null)
        {
            s_lazy = (byte*)NativeMemory.Alloc(64);
        }

        return s_lazy;
    }

    public static nint ThreadSafeLazyGood()
    {
        nint made = Marshal.AllocHGlobal(8);
        nint old = Interlocked.CompareExchange(ref s_current, made, 0);
        if (old != 0)
        {
            Marshal.FreeHGlobal(made);
            return old;
        }

        return made;
    }

    public static nint CachedGood(string name)
    {
        if (!Names.TryGetValue(name, out nint native))
        {
            native = Marshal.StringToCoTaskMemUTF8(name);
            Names.Add(name, native);
        }

        return native;
    }

    public static nint RentGood() => Free.TryTake(out nint block) ? block : Marshal.AllocHGlobal(64);

    public static void ReturnGood(nint block) => Free.Add(block);

    public static void ReplacedGood(int size)
    {
        nint old = s_current;
        s_current = Marshal.AllocHGlobal(size);
        Marshal.FreeHGlobal(old);
    }

    public static void ScratchGood()
    {
        Marshal.WriteByte(Scratch, 1);
        Io.PrintByte(Marshal.ReadByte(Scratch));
        Io.PrintLine(Root.Target!.ToString()!);
    }

    [RequestHandler]
    public static void StoredPerRequestBad() // bad: LIFE001|LIFE004|LIFE003
    {
        s_current = Marshal.AllocHGlobal(64);
        Marshal.WriteByte(s_current, 1);
    }

    private static int* MakeSquares()
    {
        int* squares = (int*)NativeMemory.Alloc(16, sizeof(int));
        for (int i = 0; i < 16; i++)
        {
            squares[i] = i * i;
        }

        return squares;
    }
}
