// weakness: CWE-401
// construct: tuples of structs, functions as arguments
using System;
using System.Runtime.InteropServices;

namespace Suite.Strangers.HandedAlong;

public readonly struct Blob
{
    public readonly nint Pointer;

    private Blob(nint pointer) => Pointer = pointer;

    public static Blob Of(int n) => new(Marshal.AllocHGlobal(n));

    public void Free()
    {
        if (Pointer != 0)
        {
            Marshal.FreeHGlobal(Pointer);
        }
    }
}

public static class Pairs
{
    private static (Blob Head, Blob Tail) Split(int n) => (Blob.Of(4), Blob.Of(n));

    public static void BothGood(int n)
    {
        var (head, tail) = Split(n);
        head.Free();
        tail.Free();
    }

    public static void OneBad(int n) // bad: LIFE003
    {
        var pair = Split(n);
        pair.Head.Free();
    }

    public static void TwiceBad(int n) // bad: LIFE006
    {
        var pair = Split(n);
        pair.Head.Free();
        pair.Tail.Free();
        pair.Head.Free();
    }
}

public static class Functions
{
    private static TResult With<T, TResult>(T resource, Func<T, TResult> use, Action<T> release)
    {
        try
        {
            return use(resource);
        }
        finally
        {
            release(resource);
        }
    }

    public static int LambdaGood() => With(Marshal.AllocHGlobal(4), p => Marshal.ReadByte(p), p => Marshal.FreeHGlobal(p));

    public static int NameGood() => With(Marshal.AllocHGlobal(4), p => Marshal.ReadByte(p), Marshal.FreeHGlobal);

    public static int NothingBad() => With(Marshal.AllocHGlobal(4), p => Marshal.ReadByte(p), p => Marshal.WriteByte(p, 0)); // bad: LIFE003
}
