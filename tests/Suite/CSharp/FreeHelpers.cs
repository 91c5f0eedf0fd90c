// weakness: mixed
// construct: helpers that free, keep or give
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.FreeHelpers;

internal static unsafe class Calls
{
    private static nint s_kept;

    public static void HelperGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        Release(block);
    }

    public static void HelperTwiceBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        Release(block);
        Release(block);
    }

    public static void HelperAndDirectBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        Release(block);
        Marshal.FreeHGlobal(block);
    }

    public static void HelperThenUseBad() // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(8);
        Release(block);
        Marshal.WriteByte(block, 1);
    }

    public static void ConditionalHelperGood(bool really)
    {
        nint block = Marshal.AllocHGlobal(8);
        ReleaseIf(block, really);
        if (!really)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void ConditionalHelperTrueGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        ReleaseIf(block, true);
    }

    public static void ConditionalHelperFalseBad() // bad: LIFE003|LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        ReleaseIf(block, false);
    }

    public static void ConditionalHelperTrueTwiceBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        ReleaseIf(block, true);
        Marshal.FreeHGlobal(block);
    }

    public static void NullSafeHelperGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        ReleaseUnlessNull(block);
    }

    public static void NullSafeHelperTwiceBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        ReleaseUnlessNull(block);
        ReleaseUnlessNull(block);
    }

    public static void HelperReturnsWhetherItFreedGood(int status)
    {
        nint block = Marshal.AllocHGlobal(8);
        if (!TryRelease(block, status))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void HelperReturnsWhetherItFreedBad(int status) // bad: LIFE006, LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        if (TryRelease(block, status))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void SecondParameterGood()
    {
        nint first = Marshal.AllocHGlobal(8);
        nint second = Marshal.AllocHGlobal(8);
        ReleaseSecond(first, second);
        Marshal.FreeHGlobal(first);
    }

    public static void SecondParameterBad() // bad: LIFE003|LIFE004
    {
        nint first = Marshal.AllocHGlobal(8);
        nint second = Marshal.AllocHGlobal(8);
        ReleaseSecond(first, second);
    }

    public static void SameBlockTwiceBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        ReleaseBoth(block, block);
    }

    public static void NamedArgumentsGood()
    {
        nint first = Marshal.AllocHGlobal(8);
        nint second = Marshal.AllocHGlobal(8);
        ReleaseSecond(second: second, first: first);
        Marshal.FreeHGlobal(first);
    }

    public static void NamedArgumentsBad() // bad: LIFE006, LIFE003|LIFE004
    {
        nint first = Marshal.AllocHGlobal(8);
        nint second = Marshal.AllocHGlobal(8);
        ReleaseSecond(second: first, first: second);
        Marshal.FreeHGlobal(first);
    }

    public static void FactoryBad() // bad: LIFE003|LIFE004
    {
        nint block = Create(8);
        Marshal.WriteByte(block, 1);
    }

    public static void FactoryGood()
    {
        nint block = Create(8);
        Marshal.WriteByte(block, 1);
        Release(block);
    }

    public static void FactoryThroughFactoryBad(bool flag) // bad: LIFE004
    {
        nint block = CreateZeroed(8);
        if (flag)
        {
            Release(block);
        }
    }

    public static void FactoryMismatchBad() // bad: LIFE008
    {
        nint block = Create(8);
        Marshal.FreeCoTaskMem(block);
    }

    public static void ReleaseMismatchBad() // bad: LIFE008
    {
        nint block = Marshal.AllocCoTaskMem(8);
        Release(block);
    }

    public static void PassThroughGood()
    {
        nint block = Same(Marshal.AllocHGlobal(8));
        Marshal.FreeHGlobal(block);
    }

    public static void PassThroughTwiceBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        nint same = Same(block);
        Marshal.FreeHGlobal(block);
        Marshal.FreeHGlobal(same);
    }

    public static void KeptGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        Keep(block);
    }

    public static void MaybeNullFactoryGood(int size)
    {
        nint block = CreateOrNull(size);
        if (block == 0)
        {
            return;
        }

        Release(block);
    }

    public static void MaybeNullFactoryBad(int size) // bad: LIFE003|LIFE004
    {
        nint block = CreateOrNull(size);
        if (block != 0)
        {
            Marshal.WriteByte(block, 1);
        }
    }

    public static void NeverReturnsGood(bool broken)
    {
        nint block = Marshal.AllocHGlobal(8);
        if (broken)
        {
            Environment.Exit(1);
        }

        Marshal.FreeHGlobal(block);
    }

    public static void ThrowsAfterReleasingGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        ReleaseAndThrow(block);
    }

    public static void ReleasesThenThrowsCaughtBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            ReleaseAndThrow(block);
        }
        catch (InvalidOperationException)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void ParamsGood()
    {
        nint first = Marshal.AllocHGlobal(8);
        nint second = Marshal.AllocHGlobal(8);
        ReleaseAll(first, second);
    }

    private static void Release(nint block) => Marshal.FreeHGlobal(block);

    private static void ReleaseIf(nint block, bool really)
    {
        if (really)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    private static void ReleaseUnlessNull(nint block)
    {
        if (block != 0)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    private static bool TryRelease(nint block, int status)
    {
        if (status < 0)
        {
            return false;
        }

        Marshal.FreeHGlobal(block);
        return true;
    }

    private static void ReleaseSecond(nint first, nint second)
    {
        Marshal.WriteByte(first, 0);
        Marshal.FreeHGlobal(second);
    }

    private static void ReleaseBoth(nint first, nint second)
    {
        Marshal.FreeHGlobal(first);
        Marshal.FreeHGlobal(second);
    }

    private static void ReleaseAll(params nint[] blocks)
    {
        foreach (nint block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    private static void ReleaseAndThrow(nint block)
    {
        Marshal.FreeHGlobal(block);
        throw new InvalidOperationException();
    }

    private static nint Create(int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        return block;
    }

    private static nint CreateZeroed(int size)
    {
        nint block = Create(size);
        for (int i = 0; i < size; i++)
        {
            Marshal.WriteByte(block, i, 0);
        }

        return block;
    }

    private static nint CreateOrNull(int size) => size > 0 ? Marshal.AllocHGlobal(size) : 0;

    private static nint Same(nint block) => block;

    private static void Keep(nint block) => s_kept = block;

    public static void DropKept() => Marshal.FreeHGlobal(s_kept);
}
