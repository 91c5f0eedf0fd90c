// weakness: CWE-401
// construct: tests for null
using System;
using System.Runtime.InteropServices;

namespace Suite.Strangers.FailedAllocations;

public unsafe struct Table
{
    public Entry** Buckets;
    public int Count;
}

public unsafe struct Entry
{
    public long Key;
    public Entry* Next;
}

public unsafe struct Node
{
    public byte* Text;
    public Node* Next;
}

public static unsafe class Tables
{
    public static Table* CreateBad(int n) // bad: LIFE004
    {
        Table* table = (Table*)NativeMemory.Alloc((nuint)sizeof(Table));
        if (table == null)
        {
            return null;
        }

        table->Buckets = (Entry**)NativeMemory.AllocZeroed((nuint)n, (nuint)sizeof(Entry*));
        if (table->Buckets == null)
        {
            return null;
        }

        table->Count = n;
        return table;
    }

    public static Table* CreateGood(int n)
    {
        Table* table = (Table*)NativeMemory.Alloc((nuint)sizeof(Table));
        if (table == null)
        {
            return null;
        }

        table->Buckets = (Entry**)NativeMemory.AllocZeroed((nuint)n, (nuint)sizeof(Entry*));
        if (table->Buckets == null)
        {
            NativeMemory.Free(table);
            return null;
        }

        table->Count = n;
        return table;
    }

    public static void PairGood(Span<nint> pair)
    {
        nint one = Marshal.AllocHGlobal(16);
        nint other = Marshal.AllocHGlobal(16);
        if (one == 0 || other == 0)
        {
            // the allocators throw by themselves
            throw new OutOfMemoryException();
        }

        pair[0] = one;
        pair[1] = other;
    }
}

public static unsafe class Wrapped
{
    private static void* Take(int n) => NativeMemory.Alloc((nuint)n);

    private static void Give(void* block) => NativeMemory.Free(block);

    private static Node* Make()
    {
        Node* node = (Node*)Take(sizeof(Node));
        node->Text = (byte*)Take(16);
        node->Next = null;
        return node;
    }

    public static void OuterOnlyBad() // bad: LIFE003
    {
        Node* node = Make();
        Give(node);
    }

    public static void BothGood()
    {
        Node* node = Make();
        Give(node->Text);
        Give(node);
    }

    public static void InnerBad() // bad: LIFE003
    {
        Node* node = (Node*)Take(sizeof(Node));
        node->Next = (Node*)Take(sizeof(Node));
        Give(node);
    }
}
