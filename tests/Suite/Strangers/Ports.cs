// weakness: mixed
// construct: ideas of C analyzers' own tests, in C#
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace Strangers.Ports;

internal unsafe struct Node
{
    public Node* Next;
    public int Value;
}

internal unsafe struct Account
{
    public byte* Name;
    public byte* Mail;
}

internal static unsafe class Ports
{
    private static readonly Random Dice = new();
    private static nint s_cache;

    [DllImport("libc", EntryPoint = "malloc")]
    private static extern void* CMalloc(nuint size);

    [DllImport("libc", EntryPoint = "free")]
    private static extern void CFree(void* block);

    [DllImport("libc", EntryPoint = "realloc")]
    private static extern void* CRealloc(void* block, nuint size);

    [DllImport("libc", EntryPoint = "abort")]
    private static extern void Abort();

    public static void FreeNullGood()
    {
        void* p = null;
        CFree(p);
    }

    public static void SimpleLeakBad() // bad: LIFE003|LIFE004
    {
        void* p = CMalloc(12);
    }

    public static void LeakOnReturnInSwitchBad(int kind) // bad: LIFE004
    {
        void* p = CMalloc(12);
        switch (kind)
        {
            case 0:
                CFree(p);
                break;
            case 1:
                return;
            default:
                CFree(p);
                break;
        }
    }

    public static void SwitchAllFreeGood(int kind)
    {
        void* p = CMalloc(12);
        switch (kind)
        {
            case 0:
                CFree(p);
                break;
            case 1:
                CFree(p);
                return;
            default:
                CFree(p);
                break;
        }
    }

    public static void ReallocFailsBad(nuint size) // bad: LIFE004|LIFE003
    {
        void* p = CMalloc(size);
        void* q = CRealloc(p, size * 2);
        if (q == null)
        {
            return;
        }

        CFree(q);
    }

    public static void ReallocFailsGood(nuint size)
    {
        void* p = CMalloc(size);
        void* q = CRealloc(p, size * 2);
        if (q == null)
        {
            CFree(p);
            return;
        }

        CFree(q);
    }

    public static void ReallocIntoSelfBad(nuint size) // bad: LIFE004|LIFE003
    {
        byte* p = (byte*)CMalloc(size);
        p = (byte*)CRealloc(p, size * 2);
        if (p != null)
        {
            p[0] = 1;
            CFree(p);
        }
    }

    public static void UseAfterReallocBad(nuint size) // bad: LIFE007
    {
        byte* p = (byte*)CMalloc(size);
        byte* q = (byte*)CRealloc(p, size * 2);
        if (q != null)
        {
            p[0] = 1;
            CFree(q);
        }
        else
        {
            CFree(p);
        }
    }

    public static void FreeInLoopBad(int n) // bad: LIFE006
    {
        void* p = CMalloc(8);
        for (int i = 0; i < 10; i++)
        {
            CFree(p);
        }
    }

    public static void FreeOnceInLoopGood(int n)
    {
        void* p = CMalloc(8);
        for (int i = 0; i < n; i++)
        {
            if (p != null)
            {
                CFree(p);
                p = null;
            }
        }

        if (p != null)
        {
            CFree(p);
        }
    }

    public static void AllocInLoopBad(int n) // bad: LIFE003|LIFE004
    {
        void* p = null;
        for (int i = 0; i < n; i++)
        {
            p = CMalloc(8);
        }

        CFree(p);
    }

    public static void AliasDoubleFreeBad() // bad: LIFE006
    {
        void* p = CMalloc(8);
        void* q = p;
        CFree(p);
        CFree(q);
    }

    public static void AliasThroughTernaryBad(bool which) // bad: LIFE006
    {
        void* p = CMalloc(8);
        void* q = which ? p : p;
        CFree(p);
        CFree(q);
    }

    public static void ReassignedBetweenGood()
    {
        void* p = CMalloc(8);
        CFree(p);
        p = CMalloc(16);
        CFree(p);
    }

    public static int UseInConditionAfterFreeBad() // bad: LIFE007
    {
        int* p = (int*)CMalloc(8);
        *p = 3;
        CFree(p);
        if (*p == 3)
        {
            return 1;
        }

        return 0;
    }

    public static int ReadBeforeFreeGood()
    {
        int* p = (int*)CMalloc(8);
        *p = 3;
        int v = *p;
        CFree(p);
        return v == 3 ? 1 : 0;
    }

    public static int* ReturnFreedBad() // bad: LIFE007
    {
        int* p = (int*)CMalloc(8);
        CFree(p);
        return p;
    }

    public static void AbortPathGood(int n)
    {
        void* p = CMalloc(8);
        if (n < 0)
        {
            Environment.FailFast("negative");
        }

        CFree(p);
    }

    public static void ThrowPathBad(int n) // bad: LIFE005
    {
        void* p = CMalloc(8);
        if (n < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(n));
        }

        CFree(p);
    }

    public static void OffsetFreeBad() // bad: LIFE009
    {
        byte* p = (byte*)CMalloc(100);
        CFree(p + 1);
    }

    public static void OffsetAndBackGood()
    {
        byte* p = (byte*)CMalloc(100);
        p += 10;
        p[0] = 1;
        p -= 10;
        CFree(p);
    }

    public static void StackFreeBad() // bad: LIFE009
    {
        int local = 3;
        CFree(&local);
    }

    public static void StackallocFreeBad() // bad: LIFE009
    {
        byte* p = stackalloc byte[10];
        CFree(p);
    }

    public static void MaybeStackGood(int size)
    {
        byte* stack = stackalloc byte[64];
        byte* p = size <= 64 ? stack : (byte*)CMalloc((nuint)size);
        p[0] = 1;
        if (p != stack)
        {
            CFree(p);
        }
    }

    public static void MaybeStackBad(int size) // bad: LIFE009
    {
        byte* stack = stackalloc byte[64];
        byte* p = size <= 64 ? stack : (byte*)CMalloc((nuint)size);
        p[0] = 1;
        CFree(p);
    }

    public static void MismatchBad() // bad: LIFE008
    {
        void* p = CMalloc(10);
        Marshal.FreeCoTaskMem((nint)p);
    }

    public static void NestedIfGood(int a, int b)
    {
        void* p = null;
        if (a > 0)
        {
            p = CMalloc(8);
            if (b > 0)
            {
                CFree(p);
                p = null;
            }
        }

        if (p != null)
        {
            CFree(p);
        }
    }

    public static void NestedIfBad(int a, int b) // bad: LIFE006
    {
        void* p = null;
        if (a > 0)
        {
            p = CMalloc(8);
            if (b > 0)
            {
                CFree(p);
            }
        }

        if (p != null && a > 0 && b > 0)
        {
            CFree(p);
        }
        else if (p != null)
        {
            CFree(p);
        }
    }

    public static void CleanupLadderGood(Stream source)
    {
        byte* a = null;
        byte* b = null;
        byte* c = null;
        a = (byte*)CMalloc(10);
        if (a == null)
        {
            goto done;
        }

        b = (byte*)CMalloc(10);
        if (b == null)
        {
            goto freeA;
        }

        c = (byte*)CMalloc(10);
        if (c == null)
        {
            goto freeB;
        }

        c[0] = (byte)(a[0] + b[0]);
        CFree(c);
    freeB:
        CFree(b);
    freeA:
        CFree(a);
    done:
        return;
    }

    public static void CleanupLadderBad(Stream source) // bad: LIFE004|LIFE003
    {
        byte* a = (byte*)CMalloc(10);
        if (a == null)
        {
            return;
        }

        byte* b = (byte*)CMalloc(10);
        if (b == null)
        {
            goto done;
        }

        b[0] = a[0];
        CFree(b);
        CFree(a);
    done:
        return;
    }

    public static void CleanupLadderTwiceBad(int n) // bad: LIFE006
    {
        byte* a = (byte*)CMalloc(10);
        byte* b = (byte*)CMalloc(10);
        if (n > 3)
        {
            CFree(b);
            goto freeBoth;
        }

        b[0] = a[0];
    freeBoth:
        CFree(b);
        CFree(a);
    }

    public static void ListFreeGood(Node* head)
    {
        while (head != null)
        {
            Node* next = head->Next;
            NativeMemory.Free(head);
            head = next;
        }
    }

    public static void ListFreeBad(Node* head) // bad: LIFE007
    {
        while (head != null)
        {
            NativeMemory.Free(head);
            head = head->Next;
        }
    }

    public static Node* PushGood(Node* head, int value)
    {
        Node* node = (Node*)NativeMemory.Alloc((nuint)sizeof(Node));
        node->Value = value;
        node->Next = head;
        return node;
    }

    public static int PopGood(ref Node* head)
    {
        Node* first = head;
        int value = first->Value;
        head = first->Next;
        NativeMemory.Free(first);
        return value;
    }

    public static int PopBad(ref Node* head) // bad: LIFE007
    {
        Node* first = head;
        head = first->Next;
        NativeMemory.Free(first);
        return first->Value;
    }

    public static Account* NewAccountGood(string name, string mail)
    {
        var account = (Account*)NativeMemory.Alloc((nuint)sizeof(Account));
        account->Name = (byte*)Marshal.StringToCoTaskMemUTF8(name);
        account->Mail = (byte*)Marshal.StringToCoTaskMemUTF8(mail);
        return account;
    }

    public static void DeleteAccountGood(Account* account)
    {
        Marshal.FreeCoTaskMem((nint)account->Name);
        Marshal.FreeCoTaskMem((nint)account->Mail);
        NativeMemory.Free(account);
    }

    public static void DeleteAccountBad(Account* account) // bad: LIFE007
    {
        NativeMemory.Free(account);
        Marshal.FreeCoTaskMem((nint)account->Name);
        Marshal.FreeCoTaskMem((nint)account->Mail);
    }

    public static void DeleteNameTwiceBad(Account* account) // bad: LIFE006
    {
        Marshal.FreeCoTaskMem((nint)account->Name);
        Marshal.FreeCoTaskMem((nint)account->Name);
        NativeMemory.Free(account);
    }

    public static void LocalAccountBad(string name) // bad: LIFE003|LIFE004
    {
        Account account;
        account.Name = (byte*)Marshal.StringToCoTaskMemUTF8(name);
        account.Mail = null;
        Console.WriteLine(account.Name[0]);
    }

    public static void LocalAccountGood(string name)
    {
        Account account;
        account.Name = (byte*)Marshal.StringToCoTaskMemUTF8(name);
        account.Mail = null;
        Console.WriteLine(account.Name[0]);
        Marshal.FreeCoTaskMem((nint)account.Name);
    }

    public static void CorrelatedSizeGood(int size)
    {
        nint block = 0;
        if (size > 100)
        {
            block = Marshal.AllocHGlobal(size);
        }

        for (int i = 0; i < 3; i++)
        {
            Console.WriteLine(i);
        }

        if (size > 100)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void CorrelatedSizeBad(int size) // bad: LIFE004|LIFE003
    {
        nint block = 0;
        if (size > 100)
        {
            block = Marshal.AllocHGlobal(size);
        }

        if (size > 200)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void CacheGood(int size)
    {
        if (s_cache == 0)
        {
            s_cache = Marshal.AllocHGlobal(size);
        }

        Marshal.WriteInt32(s_cache, Dice.Next());
    }

    public static void ClearCacheGood()
    {
        nint old = s_cache;
        s_cache = 0;
        Marshal.FreeHGlobal(old);
    }

    public static void UseClearedCacheBad() // bad: LIFE007
    {
        nint old = s_cache;
        s_cache = 0;
        Marshal.FreeHGlobal(old);
        Marshal.WriteInt32(old, 0);
    }

    public static bool TryAllocGood(int size, out nint block)
    {
        block = 0;
        if (size <= 0)
        {
            return false;
        }

        block = Marshal.AllocHGlobal(size);
        return true;
    }

    public static void TryAllocUseGood(int size)
    {
        if (!TryAllocGood(size, out nint block))
        {
            return;
        }

        Marshal.WriteInt32(block, 1);
        Marshal.FreeHGlobal(block);
    }

    public static void TryAllocUseBad(int size) // bad: LIFE003|LIFE004
    {
        if (!TryAllocGood(size, out nint block))
        {
            return;
        }

        Marshal.WriteInt32(block, 1);
    }

    public static void TryTwoBad(int size, int other) // bad: LIFE004
    {
        if (!TryAllocGood(size, out nint first))
        {
            return;
        }

        if (!TryAllocGood(other, out nint second))
        {
            return;
        }

        Marshal.FreeHGlobal(second);
        Marshal.FreeHGlobal(first);
    }

    public static void TryTwoGood(int size, int other)
    {
        if (!TryAllocGood(size, out nint first))
        {
            return;
        }

        if (!TryAllocGood(other, out nint second))
        {
            Marshal.FreeHGlobal(first);
            return;
        }

        Marshal.FreeHGlobal(second);
        Marshal.FreeHGlobal(first);
    }

    public static int ErrorCodeAlloc(int size, nint* result)
    {
        if (size > 1000)
        {
            return -1;
        }

        *result = Marshal.AllocHGlobal(size);
        return 0;
    }

    public static void ErrorCodeGood(int size)
    {
        nint block;
        int error = ErrorCodeAlloc(size, &block);
        if (error != 0)
        {
            return;
        }

        Marshal.FreeHGlobal(block);
    }

    public static void ErrorCodeBad(int size) // bad: LIFE003|LIFE004
    {
        nint block;
        int error = ErrorCodeAlloc(size, &block);
        if (error != 0)
        {
            return;
        }

        Marshal.WriteByte(block, 0);
    }

    public static void PointerToPointerFree(nint* block)
    {
        Marshal.FreeHGlobal(*block);
        *block = 0;
    }

    public static void PointerToPointerGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        PointerToPointerFree(&block);
        if (block != 0)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void PointerToPointerBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(4);
        nint copy = block;
        PointerToPointerFree(&block);
        Marshal.FreeHGlobal(copy);
    }
}
