// weakness: CWE-401
// construct: the test ideas of C's checkers, once more
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Strangers.CheckerTwins;

internal unsafe struct Holder
{
    public int* P;
    public Holder* Next;
}

internal static unsafe class CheckerTwins
{
    private static int* s_global;
    private static int s_seed;

    [DllImport("libc", EntryPoint = "abort")]
    private static extern void Abort();

    [DllImport("libc", EntryPoint = "exit")]
    private static extern void Exit(int code);

    [DllImport("libc", EntryPoint = "strcpy")]
    private static extern byte* Strcpy(byte* target, byte* source);

    public static void F1Bad() // bad: LIFE003
    {
        int* p = (int*)Libc.Malloc(12);
        return;
    }

    public static void F2Bad() // bad: LIFE006
    {
        int* p = (int*)Libc.Malloc(12);
        Libc.Free(p);
        Libc.Free(p);
    }

    public static void FreeOfNullGood()
    {
        int* p = null;
        Libc.Free(p);
        Libc.Free(null);
    }

    public static void ReallocToNullBad(nuint size) // bad: LIFE004|LIFE003
    {
        byte* a = (byte*)Libc.Malloc(size);
        if (a == null)
        {
            return;
        }

        byte* b = (byte*)Libc.Realloc(a, size * 2);
        if (b == null)
        {
            return;
        }

        Libc.Free(b);
    }

    public static void ReallocToNullGood(nuint size)
    {
        byte* a = (byte*)Libc.Malloc(size);
        if (a == null)
        {
            return;
        }

        byte* b = (byte*)Libc.Realloc(a, size * 2);
        if (b == null)
        {
            Libc.Free(a);
            return;
        }

        Libc.Free(b);
    }

    public static void ReallocThenOldBad() // bad: LIFE006|LIFE007
    {
        byte* a = (byte*)Libc.Malloc(10);
        byte* b = (byte*)Libc.Realloc(a, 20);
        if (b != null)
        {
            Libc.Free(a);
            Libc.Free(b);
        }
        else
        {
            Libc.Free(a);
        }
    }

    public static byte* ReallocReturnGood(byte* p, nuint n)
    {
        byte* q = (byte*)Libc.Realloc(p, n);
        if (q == null)
        {
            Libc.Free(p);
        }

        return q;
    }

    public static void CallocThenTestBad(int n) // bad: LIFE004|LIFE003
    {
        int* p = (int*)Libc.Calloc((nuint)n, sizeof(int));
        if (p == null)
        {
            return;
        }

        for (int i = 0; i < n; i++)
        {
            if (p[i] != 0)
            {
                return;
            }
        }

        Libc.Free(p);
    }

    public static void CallocThenTestGood(int n)
    {
        int* p = (int*)Libc.Calloc((nuint)n, sizeof(int));
        if (p == null)
        {
            return;
        }

        for (int i = 0; i < n; i++)
        {
            if (p[i] != 0)
            {
                break;
            }
        }

        Libc.Free(p);
    }

    public static int ParamUseAfterFreeBad(int* p) // bad: LIFE007
    {
        *p = 1;
        Libc.Free(p);
        return *p;
    }

    public static int ParamUseBeforeFreeGood(int* p)
    {
        *p = 1;
        int value = *p;
        Libc.Free(p);
        return value;
    }

    public static int* ReturnAfterFreeBad() // bad: LIFE007
    {
        int* p = (int*)Libc.Malloc(4);
        Libc.Free(p);
        return p;
    }

    private static void MyFree(int* p) => Libc.Free(p);

    private static void MyFree1(int* p)
    {
        if (p != null)
        {
            MyFree(p);
        }
    }

    public static void FreeThroughOwnFunctionBad() // bad: LIFE006
    {
        int* p = (int*)Libc.Malloc(16);
        MyFree1(p);
        MyFree1(p);
    }

    public static void FreeThroughOwnFunctionGood()
    {
        int* p = (int*)Libc.Malloc(16);
        MyFree1(p);
        p = null;
        MyFree1(p);
    }

    public static void AbortPathGood(int n)
    {
        int* p = (int*)Libc.Malloc(16);
        if (p == null)
        {
            Environment.FailFast("no memory");
        }

        *p = n;
        Libc.Free(p);
    }

    public static void ExitPathGood(int n)
    {
        int* p = (int*)Libc.Malloc(16);
        if (n < 0)
        {
            Environment.Exit(2);
        }

        Libc.Free(p);
    }

    public static void GlobalPathGood()
    {
        s_global = (int*)Libc.Malloc(16);
        if (s_global != null)
        {
            *s_global = 5;
        }
    }

    public static void GlobalFreedTwiceBad() // bad: LIFE006
    {
        s_global = (int*)Libc.Malloc(16);
        Libc.Free(s_global);
        Libc.Free(s_global);
        s_global = null;
    }

    public static void StructMemberBad() // bad: LIFE003
    {
        Holder h;
        h.P = (int*)Libc.Malloc(16);
        h.Next = null;
        Io.PrintInt(h.P == null ? 0 : 1);
    }

    public static void StructMemberGood()
    {
        Holder h;
        h.P = (int*)Libc.Malloc(16);
        h.Next = null;
        Io.PrintInt(h.P == null ? 0 : 1);
        Libc.Free(h.P);
    }

    public static void NestedMembersBad() // bad: LIFE003|LIFE004
    {
        Holder* h = (Holder*)NativeMemory.Alloc((nuint)sizeof(Holder));
        h->P = (int*)NativeMemory.Alloc(16);
        h->Next = null;
        NativeMemory.Free(h);
    }

    public static void NestedMembersGood()
    {
        Holder* h = (Holder*)NativeMemory.Alloc((nuint)sizeof(Holder));
        h->P = (int*)NativeMemory.Alloc(16);
        h->Next = null;
        NativeMemory.Free(h->P);
        NativeMemory.Free(h);
    }

    public static void NestedMembersOrderBad() // bad: LIFE007
    {
        Holder* h = (Holder*)NativeMemory.Alloc((nuint)sizeof(Holder));
        h->P = (int*)NativeMemory.Alloc(16);
        h->Next = null;
        NativeMemory.Free(h);
        NativeMemory.Free(h->P);
    }

    public static void OffsetFreeBad() // bad: LIFE009
    {
        int* p = (int*)Libc.Malloc(16);
        if (p == null)
        {
            return;
        }

        p++;
        Libc.Free(p);
    }

    public static void OffsetBackGood()
    {
        int* p = (int*)Libc.Malloc(16);
        if (p == null)
        {
            return;
        }

        p++;
        p--;
        Libc.Free(p);
    }

    public static void AddressOfLocalBad() // bad: LIFE009
    {
        int local = 3;
        int* p = &local;
        Libc.Free(p);
    }

    public static void StackBad() // bad: LIFE009
    {
        int* p = stackalloc int[4];
        p[0] = 1;
        Libc.Free(p);
    }

    public static void SwitchStateBad(int mode) // bad: LIFE004|LIFE003
    {
        byte* p = (byte*)Libc.Malloc(8);
        switch (mode)
        {
            case 0:
                Libc.Free(p);
                break;
            case 1:
            case 2:
                Libc.Free(p);
                goto default;
            default:
                Io.PrintInt(mode);
                break;
        }
    }

    public static void SwitchStateGood(int mode)
    {
        byte* p = (byte*)Libc.Malloc(8);
        switch (mode)
        {
            case 0:
                Libc.Free(p);
                break;
            case 1:
            case 2:
                Io.PrintInt(mode);
                goto default;
            default:
                Libc.Free(p);
                break;
        }
    }

    public static void LoopLeakBad() // bad: LIFE004|LIFE003
    {
        byte* p = null;
        for (int i = 0; i < 3; i++)
        {
            p = (byte*)Libc.Malloc(8);
        }

        Libc.Free(p);
    }

    public static void LoopFreeTwiceBad(int n) // bad: LIFE006
    {
        byte* p = (byte*)Libc.Malloc(8);
        while (n > 0)
        {
            Libc.Free(p);
            n--;
        }
    }

    public static void WhileMallocGood()
    {
        byte* p;
        while ((p = (byte*)Libc.Malloc(8)) == null)
        {
            Io.PrintLine("retry");
        }

        *p = 1;
        Libc.Free(p);
    }

    public static void StrdupBad(byte* text) // bad: LIFE003
    {
        byte* copy = Libc.Strdup(text);
        Io.PrintInt((int)Libc.Strlen(copy));
    }

    public static void StrdupGood(byte* text)
    {
        byte* copy = Libc.Strdup(text);
        Io.PrintInt((int)Libc.Strlen(copy));
        Libc.Free(copy);
    }

    public static void CommaLikeBad(bool c) // bad: LIFE003|LIFE004
    {
        int* p = c ? (int*)Libc.Malloc(4) : (int*)Libc.Malloc(8);
        if (p != null)
        {
            *p = 1;
        }
    }

    public static void CommaLikeGood(bool c)
    {
        int* p = c ? (int*)Libc.Malloc(4) : (int*)Libc.Malloc(8);
        if (p != null)
        {
            *p = 1;
        }

        Libc.Free(p);
    }

    public static void PointerToPointerBad() // bad: LIFE003|LIFE004
    {
        int* p = (int*)Libc.Malloc(4);
        int** pp = &p;
        *pp = null;
    }

    public static void PointerToPointerGood()
    {
        int* p = (int*)Libc.Malloc(4);
        int** pp = &p;
        Libc.Free(*pp);
        *pp = null;
    }

    private static bool Fill(int** target)
    {
        *target = (int*)NativeMemory.Alloc(16);
        return true;
    }

    public static void FillOutBad() // bad: LIFE003
    {
        int* p;
        Fill(&p);
        Io.PrintInt(*p);
    }

    public static void FillOutGood()
    {
        int* p;
        Fill(&p);
        Io.PrintInt(*p);
        NativeMemory.Free(p);
    }

    public static void ConditionalDoubleBad(int n) // bad: LIFE006
    {
        void* p = NativeMemory.Alloc(4);
        if (n > 3)
        {
            NativeMemory.Free(p);
        }

        Io.PrintInt(n);
        if (n > 5)
        {
            NativeMemory.Free(p);
            return;
        }

        if (n <= 3)
        {
            NativeMemory.Free(p);
        }
    }

    public static void ConditionalDoubleGood(int n)
    {
        void* p = NativeMemory.Alloc(4);
        if (n > 3)
        {
            NativeMemory.Free(p);
            p = null;
        }

        Io.PrintInt(n);
        if (p != null)
        {
            NativeMemory.Free(p);
        }
    }

    public static void MaskedBad() // bad: LIFE009
    {
        byte* p = (byte*)NativeMemory.Alloc(64);
        byte* q = &p[8];
        *q = 1;
        NativeMemory.Free(q);
    }

    public static void IntegerRoundTripGood()
    {
        byte* p = (byte*)NativeMemory.Alloc(64);
        long bits = (long)p;
        NativeMemory.Free((void*)bits);
    }

    public static void IntegerRoundTripBad() // bad: LIFE006
    {
        byte* p = (byte*)NativeMemory.Alloc(64);
        long bits = (long)p;
        NativeMemory.Free((void*)bits);
        NativeMemory.Free(p);
    }

    public static int ErrorCodeBad(out int* result) // bad: LIFE004|LIFE003
    {
        result = null;
        int* a = (int*)Libc.Malloc(4);
        if (a == null)
        {
            return -1;
        }

        int* b = (int*)Libc.Malloc(4);
        if (b == null)
        {
            return -1;
        }

        *b = *a = 1;
        Libc.Free(b);
        result = a;
        return 0;
    }

    public static int ErrorCodeGood(out int* result)
    {
        result = null;
        int* a = (int*)Libc.Malloc(4);
        if (a == null)
        {
            return -1;
        }

        int* b = (int*)Libc.Malloc(4);
        if (b == null)
        {
            Libc.Free(a);
            return -1;
        }

        *b = *a = 1;
        Libc.Free(b);
        result = a;
        return 0;
    }

    public static int GotoCleanupBad(int n) // bad: LIFE004|LIFE003
    {
        int rc = -1;
        byte* a = null;
        byte* b = null;
        a = (byte*)Libc.Malloc(10);
        if (a == null)
        {
            goto done;
        }

        b = (byte*)Libc.Malloc(10);
        if (b == null)
        {
            goto freeA;
        }

        if (n == 4)
        {
            rc = -4;
            goto freeA;
        }

        rc = 0;
        Libc.Free(b);
    freeA:
        Libc.Free(a);
    done:
        return rc;
    }

    public static int GotoCleanupGood(int n)
    {
        int rc = -1;
        byte* a = null;
        byte* b = null;
        a = (byte*)Libc.Malloc(10);
        if (a == null)
        {
            goto done;
        }

        b = (byte*)Libc.Malloc(10);
        if (b == null)
        {
            goto freeA;
        }

        if (n == 4)
        {
            rc = -4;
            goto freeB;
        }

        rc = 0;
    freeB:
        Libc.Free(b);
    freeA:
        Libc.Free(a);
    done:
        return rc;
    }

    public static void RandomGuardBad() // bad: LIFE004|LIFE003
    {
        byte* p = (byte*)Libc.Malloc(10);
        s_seed = s_seed * 31 + 7;
        if ((s_seed & 1) == 0)
        {
            Libc.Free(p);
        }
    }

    public static void SelfAssignGood()
    {
        byte* p = (byte*)Libc.Malloc(10);
#pragma warning disable CS1717
        p = p;
#pragma warning restore CS1717
        Libc.Free(p);
    }

    public static void SwapBad() // bad: LIFE006, LIFE003|LIFE004
    {
        byte* a = (byte*)NativeMemory.Alloc(1);
        byte* b = (byte*)NativeMemory.Alloc(2);
        byte* t = a;
        a = b;
        b = t;
        NativeMemory.Free(t);
        NativeMemory.Free(b);
    }

    public static void SwapGood()
    {
        byte* a = (byte*)NativeMemory.Alloc(1);
        byte* b = (byte*)NativeMemory.Alloc(2);
        byte* t = a;
        a = b;
        b = t;
        NativeMemory.Free(a);
        NativeMemory.Free(b);
    }
}
