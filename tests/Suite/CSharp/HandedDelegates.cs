// weakness: mixed
// construct: delegates that a callee is handed and calls
using System;
using System.Runtime.InteropServices;

namespace Cases.HandedDelegates;

internal static class Callee
{
    private static int With(nint block, Action<nint> release)
    {
        int value = Marshal.ReadInt32(block);
        release(block);
        return value;
    }

    private static int Along(nint block, Action<nint> release) => With(block, release);

    private static void Run(Action action) => action();

    private static void RunIf(bool flag, Action action)
    {
        if (flag)
        {
            action();
        }
    }

    private static void UseOrFree(nint block, Func<nint, bool> use)
    {
        if (!use(block))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    private static void UseAndFree(nint block, Action<nint> use)
    {
        use(block);
        Marshal.FreeHGlobal(block);
    }

    public static int MethodGroupBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(4);
        int value = With(block, Marshal.FreeHGlobal);
        Marshal.FreeHGlobal(block);
        return value;
    }

    public static int MethodGroupGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        return With(block, Marshal.FreeHGlobal);
    }

    public static int LambdaBad() // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(4);
        With(block, static one => Marshal.FreeHGlobal(one));
        return Marshal.ReadInt32(block);
    }

    public static int HandedAlongBad() // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(4);
        Along(block, static one => Marshal.FreeHGlobal(one));
        return Marshal.ReadInt32(block);
    }

    public static int OnlyUsesGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        int value = With(block, static one => Console.WriteLine(one));
        Marshal.FreeHGlobal(block);
        return value;
    }

    public static void CapturedBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(4);
        Run(() => Marshal.FreeHGlobal(block));
        Marshal.FreeHGlobal(block);
    }

    public static void CapturedUseBad() // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(4);
        Marshal.FreeHGlobal(block);
        Run(() => Marshal.ReadInt32(block));
    }

    public static void FilledBad() // bad: LIFE003|LIFE004
    {
        nint block = 0;
        Run(() => block = Marshal.AllocHGlobal(4));
        Marshal.WriteInt32(block, 1);
    }

    public static void FilledGood()
    {
        nint block = 0;
        Run(() => block = Marshal.AllocHGlobal(4));
        Marshal.FreeHGlobal(block);
    }

    public static void SometimesGood(bool flag)
    {
        nint block = Marshal.AllocHGlobal(4);
        RunIf(flag, () => Marshal.FreeHGlobal(block));
        if (!flag)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void TakenOrFreedGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        UseOrFree(block, one =>
        {
            Marshal.FreeHGlobal(one);
            return true;
        });
    }

    public static void UsedBeforeFreeGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        UseAndFree(block, one => Marshal.ReadInt32(one));
    }
}
