// weakness: CWE-401
// construct: lists, trees and tables in native memory
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Strangers.NativeNodes;

internal unsafe struct Node
{
    public int Value;
    public Node* Next;
}

internal unsafe struct TreeItem
{
    public int Key;
    public byte* Text;
    public TreeItem* Left;
    public TreeItem* Right;
}

internal unsafe struct Bucket
{
    public uint Hash;
    public byte* Key;
    public void* Value;
    public Bucket* Chain;
}

internal unsafe struct Vec
{
    public int* Items;
    public int Count;
    public int Capacity;
}

internal static unsafe class NativeNodes
{
    private static Node* NewNode(int value, Node* next)
    {
        var node = (Node*)NativeMemory.Alloc((nuint)sizeof(Node));
        node->Value = value;
        node->Next = next;
        return node;
    }

    private static void FreeList(Node* head)
    {
        while (head != null)
        {
            Node* next = head->Next;
            NativeMemory.Free(head);
            head = next;
        }
    }

    public static int SumGood(ReadOnlySpan<int> values)
    {
        Node* head = null;
        foreach (int value in values)
        {
            head = NewNode(value, head);
        }

        int sum = 0;
        for (Node* n = head; n != null; n = n->Next)
        {
            sum += n->Value;
        }

        FreeList(head);
        return sum;
    }

    public static int FreeListWrongBad(Node* head) // bad: LIFE007
    {
        int count = 0;
        for (Node* n = head; n != null; n = n->Next)
        {
            NativeMemory.Free(n);
            count++;
        }

        return count;
    }

    public static int SingleNodeBad(int value) // bad: LIFE003
    {
        Node* only = NewNode(value, null);
        return only->Value * 2;
    }

    public static int SingleNodeGood(int value)
    {
        Node* only = NewNode(value, null);
        int twice = only->Value * 2;
        FreeList(only);
        return twice;
    }

    public static int PopBad(ref Node* head) // bad: LIFE007
    {
        Node* top = head;
        NativeMemory.Free(top);
        head = top->Next;
        return 0;
    }

    public static int PopGood(ref Node* head)
    {
        Node* top = head;
        head = top->Next;
        int value = top->Value;
        NativeMemory.Free(top);
        return value;
    }

    public static bool RemoveGood(Node** head, int value)
    {
        Node** link = head;
        while (*link != null)
        {
            Node* current = *link;
            if (current->Value == value)
            {
                *link = current->Next;
                NativeMemory.Free(current);
                return true;
            }

            link = &current->Next;
        }

        return false;
    }

    public static int RemoveBad(Node** head, int value) // bad: LIFE007
    {
        Node** link = head;
        while (*link != null)
        {
            Node* current = *link;
            if (current->Value == value)
            {
                NativeMemory.Free(current);
                *link = current->Next;
                return current->Value;
            }

            link = &current->Next;
        }

        return -1;
    }

    public static Node* ReverseGood(Node* head)
    {
        Node* result = null;
        while (head != null)
        {
            Node* next = head->Next;
            head->Next = result;
            result = head;
            head = next;
        }

        return result;
    }

    public static Node* CopyBad(Node* source, int limit) // bad: LIFE004|LIFE003
    {
        Node* spare = NewNode(0, null);
        if (source == null)
        {
            return null;
        }

        if (limit == 0)
        {
            NativeMemory.Free(spare);
            return null;
        }

        spare->Value = source->Value;
        return spare;
    }

    public static Node* CopyGood(Node* source, int limit)
    {
        if (source == null || limit == 0)
        {
            return null;
        }

        Node* first = NewNode(source->Value, null);
        Node* tail = first;
        for (Node* n = source->Next; n != null && --limit > 0; n = n->Next)
        {
            Node* fresh = NewNode(n->Value, null);
            tail->Next = fresh;
            tail = fresh;
        }

        return first;
    }

    private static TreeItem* Insert(TreeItem* root, int key)
    {
        if (root == null)
        {
            var fresh = (TreeItem*)NativeMemory.AllocZeroed((nuint)sizeof(TreeItem));
            fresh->Key = key;
            return fresh;
        }

        if (key < root->Key)
        {
            root->Left = Insert(root->Left, key);
        }
        else if (key > root->Key)
        {
            root->Right = Insert(root->Right, key);
        }

        return root;
    }

    private static void Destroy(TreeItem* root)
    {
        if (root == null)
        {
            return;
        }

        Destroy(root->Left);
        Destroy(root->Right);
        NativeMemory.Free(root->Text);
        NativeMemory.Free(root);
    }

    public static int TreeGood(ReadOnlySpan<int> keys)
    {
        TreeItem* root = null;
        foreach (int key in keys)
        {
            root = Insert(root, key);
        }

        int depth = Depth(root);
        Destroy(root);
        return depth;
    }

    private static int Depth(TreeItem* root) => root == null ? 0 : 1 + Math.Max(Depth(root->Left), Depth(root->Right));

    public static void DestroyTwiceBad(int key) // bad: LIFE006
    {
        TreeItem* root = Insert(null, key);
        Destroy(root);
        Destroy(root);
    }

    public static void LeafBad(int key) // bad: LIFE003
    {
        TreeItem* root = Insert(null, key);
        Io.PrintInt(root->Key);
    }

    public static void RotateGood(TreeItem** root)
    {
        TreeItem* pivot = (*root)->Left;
        if (pivot == null)
        {
            return;
        }

        (*root)->Left = pivot->Right;
        pivot->Right = *root;
        *root = pivot;
    }

    public static Bucket* PutGood(Bucket** table, uint hash, byte* key, void* value)
    {
        var fresh = (Bucket*)Libc.Malloc((nuint)sizeof(Bucket));
        if (fresh == null)
        {
            return null;
        }

        fresh->Hash = hash;
        fresh->Key = Libc.Strdup(key);
        if (fresh->Key == null)
        {
            Libc.Free(fresh);
            return null;
        }

        fresh->Value = value;
        fresh->Chain = table[hash & 15];
        table[hash & 15] = fresh;
        return fresh;
    }

    public static Bucket* PutBad(Bucket** table, uint hash, byte* key, void* value) // bad: LIFE004|LIFE003
    {
        var fresh = (Bucket*)Libc.Malloc((nuint)sizeof(Bucket));
        if (fresh == null)
        {
            return null;
        }

        fresh->Hash = hash;
        fresh->Key = Libc.Strdup(key);
        if (fresh->Key == null)
        {
            return null;
        }

        fresh->Value = value;
        fresh->Chain = table[hash & 15];
        table[hash & 15] = fresh;
        return fresh;
    }

    public static void ClearTableGood(Bucket** table, int size)
    {
        for (int i = 0; i < size; i++)
        {
            Bucket* bucket = table[i];
            while (bucket != null)
            {
                Bucket* chain = bucket->Chain;
                Libc.Free(bucket->Key);
                Libc.Free(bucket);
                bucket = chain;
            }

            table[i] = null;
        }

        Libc.Free(table);
    }

    public static void ClearTableBad(Bucket** table, int size) // bad: LIFE007
    {
        for (int i = 0; i < size; i++)
        {
            Bucket* bucket = table[i];
            while (bucket != null)
            {
                Bucket* chain = bucket->Chain;
                Libc.Free(bucket);
                Libc.Free(bucket->Key);
                bucket = chain;
            }
        }

        Libc.Free(table);
    }

    public static void ClearTableTooSoonBad(Bucket** table, int size) // bad: LIFE007
    {
        Libc.Free(table);
        for (int i = 0; i < size; i++)
        {
            Libc.Free(table[i]);
        }
    }

    public static void VecPushGood(Vec* vec, int value)
    {
        if (vec->Count == vec->Capacity)
        {
            int capacity = vec->Capacity == 0 ? 4 : vec->Capacity * 2;
            vec->Items = (int*)NativeMemory.Realloc(vec->Items, (nuint)capacity * sizeof(int));
            vec->Capacity = capacity;
        }

        vec->Items[vec->Count++] = value;
    }

    public static void VecPushBad(Vec* vec, int value) // bad: LIFE007
    {
        int* items = vec->Items;
        if (vec->Count == vec->Capacity)
        {
            int capacity = vec->Capacity == 0 ? 4 : vec->Capacity * 2;
            vec->Items = (int*)NativeMemory.Realloc(items, (nuint)capacity * sizeof(int));
            vec->Capacity = capacity;
            items[vec->Count++] = value;
            return;
        }

        items[vec->Count++] = value;
    }

    public static int VecLocalBad() // bad: LIFE003
    {
        Vec vec = default;
        VecPushGood(&vec, 1);
        VecPushGood(&vec, 2);
        return vec.Count;
    }

    public static int VecLocalGood()
    {
        Vec vec = default;
        VecPushGood(&vec, 1);
        VecPushGood(&vec, 2);
        int count = vec.Count;
        NativeMemory.Free(vec.Items);
        return count;
    }

    public static void MatrixGood(int rows, int columns)
    {
        double** m = (double**)NativeMemory.Alloc((nuint)rows, (nuint)sizeof(double*));
        for (int i = 0; i < rows; i++)
        {
            m[i] = (double*)NativeMemory.AllocZeroed((nuint)columns, sizeof(double));
        }

        m[0][0] = 1;
        for (int i = 0; i < rows; i++)
        {
            NativeMemory.Free(m[i]);
        }

        NativeMemory.Free(m);
    }

    public static void MatrixOuterLostBad(int rows, int columns) // bad: LIFE003
    {
        double** m = (double**)NativeMemory.Alloc((nuint)rows, (nuint)sizeof(double*));
        for (int i = 0; i < rows; i++)
        {
            m[i] = (double*)NativeMemory.AllocZeroed((nuint)columns, sizeof(double));
        }

        m[0][0] = 1;
        for (int i = 0; i < rows; i++)
        {
            NativeMemory.Free(m[i]);
        }
    }

    public static void MatrixPartialGood(int rows)
    {
        byte** m = (byte**)Libc.Calloc((nuint)rows, (nuint)sizeof(byte*));
        if (m == null)
        {
            return;
        }

        for (int i = 0; i < rows; i++)
        {
            m[i] = (byte*)Libc.Malloc(32);
            if (m[i] == null)
            {
                while (--i >= 0)
                {
                    Libc.Free(m[i]);
                }

                Libc.Free(m);
                return;
            }
        }

        for (int i = 0; i < rows; i++)
        {
            Libc.Free(m[i]);
        }

        Libc.Free(m);
    }

    public static void MatrixPartialBad(int rows) // bad: LIFE004|LIFE003
    {
        byte** m = (byte**)Libc.Calloc((nuint)rows, (nuint)sizeof(byte*));
        if (m == null)
        {
            return;
        }

        for (int i = 0; i < rows; i++)
        {
            m[i] = (byte*)Libc.Malloc(32);
            if (m[i] == null)
            {
                return;
            }
        }

        for (int i = 0; i < rows; i++)
        {
            Libc.Free(m[i]);
        }

        Libc.Free(m);
    }
}
