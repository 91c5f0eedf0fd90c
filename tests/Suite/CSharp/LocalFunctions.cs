// weakness: mixed
// construct: local functions
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.LocalFunctions;

internal static unsafe class Locals
{
    public static void CapturingGood()
    {
        byte* block = (byte*)NativeMemory.Alloc(4);
        *block = 1;
        Release();

        void Release() => NativeMemory.Free(block);
    }

    public static void CapturingTwiceBad() // bad: LIFE006
    {
        byte* block = (byte*)NativeMemory.Alloc(4);
        Release();
        Release();

        void Release() => NativeMemory.Free(block);
    }

    public static void CapturingClearsGood()
    {
        byte* block = (byte*)NativeMemory.Alloc(4);
        Release();
        Release();

        void Release()
        {
            NativeMemory.Free(block);
            block = null;
        }
    }

    public static void NeverCalledBad() // bad: LIFE003|LIFE004
    {
        byte* block = (byte*)NativeMemory.Alloc(4);
        Fill(block);

        static void Fill(byte* block) => *block = 1;
    }

    public static void FactoryBad() // bad: LIFE003|LIFE004
    {
        byte* block = Make();
        *block = 1;

        static byte* Make() => (byte*)NativeMemory.Alloc(4);
    }

    public static void FactoryGood()
    {
        byte* block = Make();
        *block = 1;
        NativeMemory.Free(block);

        static byte* Make() => (byte*)NativeMemory.Alloc(4);
    }

    public static void InnerLeaks()
    {
        Leak(3);

        static void Leak(int value) // bad: LIFE003|LIFE004
        {
            int* block = (int*)NativeMemory.Alloc(4);
            *block = value;
        }
    }

    public static void AssignsCapturedGood()
    {
        byte* block = null;
        Allocate(8);
        *block = 1;
        NativeMemory.Free(block);

        void Allocate(nuint size) => block = (byte*)NativeMemory.Alloc(size);
    }

    public static void AssignsCapturedBad() // bad: LIFE003|LIFE004 (or in Allocate)
    {
        byte* block = null;
        Allocate(8);
        *block = 1;

        void Allocate(nuint size) => block = (byte*)NativeMemory.Alloc(size);
    }

    public static void RecursiveGood(int depth)
    {
        Step(depth, null);

        static void Step(int left, byte* outer)
        {
            byte* block = (byte*)NativeMemory.Alloc(4);
            *block = outer == null ? (byte)0 : *outer;
            if (left > 0)
            {
                Step(left - 1, block);
            }

            NativeMemory.Free(block);
        }
    }

    public static void UseAfterLocalReleaseBad() // bad: LIFE007
    {
        byte* block = (byte*)NativeMemory.Alloc(4);
        Release(block);
        *block = 2;

        static void Release(byte* one) => NativeMemory.Free(one);
    }

    public static int FinallyCallsLocalGood(Func<int> work)
    {
        nint block = Marshal.AllocHGlobal(4);
        try
        {
            return work();
        }
        finally
        {
            Release();
        }

        void Release() => Marshal.FreeHGlobal(block);
    }

    public static bool EarlyReturnBad(bool flag) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(4);
        if (flag)
        {
            return Fail();
        }

        Marshal.FreeHGlobal(block);
        return true;

        static bool Fail()
        {
            Io.PrintLine("failed");
            return false;
        }
    }

    public static bool FailReleasesGood(bool flag)
    {
        nint block = Marshal.AllocHGlobal(4);
        if (flag)
        {
            return Fail();
        }

        Marshal.FreeHGlobal(block);
        return true;

        bool Fail()
        {
            Marshal.FreeHGlobal(block);
            return false;
        }
    }
}
