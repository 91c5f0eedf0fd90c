// weakness: CWE-415
// construct: more of the test ideas of C's checkers
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Strangers.MoreTwins;

internal unsafe struct Pair
{
    public void* First;
    public void* Second;
}

internal enum Mode
{
    None,
    Read,
    Write,
}

internal static unsafe class MoreTwins
{
    private static int s_flag;
    private static readonly byte[] s_table = [1, 2, 3];

    public static void ReallocSameVariableBad(nuint size) // bad: LIFE004|LIFE003
    {
        byte* p = (byte*)Libc.Malloc(10);
        p = (byte*)Libc.Realloc(p, size);
        if (p == null)
        {
            return;
        }

        Libc.Free(p);
    }

    public static void ReallocKeptGood(nuint size)
    {
        byte* p = (byte*)Libc.Malloc(10);
        byte* q = (byte*)Libc.Realloc(p, size);
        if (q != null)
        {
            p = q;
        }

        Libc.Free(p);
    }

    public static void AliasFreedBad() // bad: LIFE006
    {
        byte* p = (byte*)Libc.Malloc(10);
        byte* alias = p;
        Libc.Free(alias);
        Libc.Free(p);
    }

    public static void AliasReassignedGood()
    {
        byte* p = (byte*)Libc.Malloc(10);
        byte* alias = p;
        p = (byte*)Libc.Malloc(20);
        Libc.Free(alias);
        Libc.Free(p);
    }

    public static int UseInConditionBad() // bad: LIFE007
    {
        int* p = (int*)Libc.Malloc(4);
        if (p == null)
        {
            return 0;
        }

        Libc.Free(p);
        return *p == 3 ? 1 : 2;
    }

    public static int UseInLoopBad(int n) // bad: LIFE007
    {
        int* p = (int*)NativeMemory.AllocZeroed(4);
        int sum = 0;
        for (int i = 0; i < n; i++)
        {
            sum += *p;
            if (i == 3)
            {
                NativeMemory.Free(p);
            }
        }

        return sum;
    }

    public static int UseInLoopGood(int n)
    {
        int* p = (int*)NativeMemory.AllocZeroed(4);
        int sum = 0;
        for (int i = 0; i < n; i++)
        {
            sum += *p;
            if (i == 3)
            {
                break;
            }
        }

        NativeMemory.Free(p);
        return sum;
    }

    public static void FreeTableBad() // bad: LIFE009
    {
        fixed (byte* p = s_table)
        {
            Libc.Free(p);
        }
    }

    public static void FreeFunctionBad() // bad: LIFE009
    {
        delegate*<int, int> f = &Identity;
        NativeMemory.Free((void*)f);
    }

    private static int Identity(int x) => x;

    public static void FreeConstantAddressBad() // bad: LIFE009
    {
        Libc.Free((void*)0x1000);
    }

    public static void FreeElementBad() // bad: LIFE009
    {
        int* p = (int*)Libc.Malloc(40);
        Libc.Free(&p[3]);
    }

    public static void FreeFirstElementGood()
    {
        int* p = (int*)Libc.Malloc(40);
        Libc.Free(&p[0]);
    }

    public static void PairBad() // bad: LIFE006
    {
        Pair pair;
        pair.First = NativeMemory.Alloc(1);
        pair.Second = pair.First;
        NativeMemory.Free(pair.First);
        NativeMemory.Free(pair.Second);
    }

    public static void PairGood()
    {
        Pair pair;
        pair.First = NativeMemory.Alloc(1);
        pair.Second = NativeMemory.Alloc(2);
        NativeMemory.Free(pair.First);
        NativeMemory.Free(pair.Second);
    }

    public static void PairCopyBad() // bad: LIFE006
    {
        Pair pair = default;
        pair.First = NativeMemory.Alloc(1);
        Pair copy = pair;
        NativeMemory.Free(copy.First);
        NativeMemory.Free(pair.First);
    }

    private static void FreeIfPositive(void* p, int n)
    {
        if (n > 0)
        {
            NativeMemory.Free(p);
        }
    }

    public static void ConditionalCalleeBad() // bad: LIFE003|LIFE004
    {
        void* p = NativeMemory.Alloc(3);
        FreeIfPositive(p, 0);
    }

    public static void ConditionalCalleeTwiceBad() // bad: LIFE006
    {
        void* p = NativeMemory.Alloc(3);
        FreeIfPositive(p, 5);
        NativeMemory.Free(p);
    }

    public static void ConditionalCalleeGood(int n)
    {
        void* p = NativeMemory.Alloc(3);
        FreeIfPositive(p, n);
        if (n <= 0)
        {
            NativeMemory.Free(p);
        }
    }

    private static void* MaybeAllocate(Mode mode) => mode == Mode.None ? null : NativeMemory.Alloc(8);

    public static void EnumGood(Mode mode)
    {
        void* p = MaybeAllocate(mode);
        switch (mode)
        {
            case Mode.Read:
            case Mode.Write:
                NativeMemory.Free(p);
                break;
            default:
                if (p != null)
                {
                    NativeMemory.Free(p);
                }

                break;
        }
    }

    public static void EnumBad(Mode mode) // bad: LIFE004|LIFE003
    {
        void* p = mode switch
        {
            Mode.Read => NativeMemory.Alloc(8),
            Mode.Write => NativeMemory.Alloc(16),
            _ => null,
        };
        if (mode == Mode.Read)
        {
            NativeMemory.Free(p);
        }
    }

    public static void SwitchFallBad(int n) // bad: LIFE006
    {
        void* p = NativeMemory.Alloc(8);
        switch (n)
        {
            case 1:
                NativeMemory.Free(p);
                goto case 2;
            case 2:
                NativeMemory.Free(p);
                break;
            default:
                NativeMemory.Free(p);
                break;
        }
    }

    public static void GlobalFlagGood()
    {
        void* p = null;
        int flag = s_flag;
        if (flag == 7)
        {
            p = NativeMemory.Alloc(8);
        }

        Io.PrintInt(flag);
        if (flag == 7)
        {
            NativeMemory.Free(p);
        }
    }

    public static void ShortCircuitGood(bool a, bool b)
    {
        void* p = null;
        if (a && b)
        {
            p = NativeMemory.Alloc(8);
        }

        if (!(a && b))
        {
            return;
        }

        NativeMemory.Free(p);
    }

    public static void ShortCircuitBad(bool a, bool b) // bad: LIFE004|LIFE003
    {
        void* p = null;
        if (a || b)
        {
            p = NativeMemory.Alloc(8);
        }

        if (a && b)
        {
            NativeMemory.Free(p);
        }
    }

    public static void TernaryBad(bool first) // bad: LIFE003|LIFE004
    {
        void* a = NativeMemory.Alloc(8);
        void* b = NativeMemory.Alloc(16);
        NativeMemory.Free(first ? a : b);
    }

    public static void TernaryGood(bool first)
    {
        void* a = NativeMemory.Alloc(8);
        void* b = NativeMemory.Alloc(16);
        NativeMemory.Free(first ? a : b);
        NativeMemory.Free(first ? b : a);
    }

    public static int* Chain(int n) => n == 0 ? (int*)NativeMemory.Alloc(4) : Chain(n - 1);

    public static void ChainBad() // bad: LIFE003
    {
        int* p = Chain(3);
        *p = 1;
    }

    public static void ChainGood()
    {
        int* p = Chain(3);
        *p = 1;
        NativeMemory.Free(p);
    }

    public static void MismatchStringBad(string text) // bad: LIFE008
    {
        nint p = Marshal.StringToHGlobalAnsi(text);
        Marshal.FreeCoTaskMem(p);
    }

    public static void MismatchLibcBad() // bad: LIFE008
    {
        void* p = Libc.Malloc(10);
        Marshal.FreeHGlobal((nint)p);
    }

    public static void MismatchReallocBad() // bad: LIFE008
    {
        nint p = Marshal.AllocCoTaskMem(10);
        p = Marshal.ReAllocHGlobal(p, 20);
        Marshal.FreeHGlobal(p);
    }

    public static void ReallocCoTaskGood()
    {
        nint p = Marshal.AllocCoTaskMem(10);
        p = Marshal.ReAllocCoTaskMem(p, 20);
        Marshal.FreeCoTaskMem(p);
    }

    public static void ParameterArrayBad(params void*[] extra) // bad: LIFE003
    {
        void* p = NativeMemory.Alloc(10);
        Io.PrintInt(extra.Length);
        Io.PrintInt(p == null ? 1 : 0);
    }

    public static void LoopWithFlagGood(int n)
    {
        bool done = false;
        void* p = NativeMemory.Alloc(10);
        while (!done)
        {
            if (--n < 0)
            {
                NativeMemory.Free(p);
                done = true;
            }
        }
    }

    public static void LoopWithFlagBad(int n) // bad: LIFE006
    {
        bool done = false;
        void* p = NativeMemory.Alloc(10);
        while (!done)
        {
            if (--n < 0)
            {
                NativeMemory.Free(p);
                done = true;
            }
        }

        NativeMemory.Free(p);
    }
}
