// weakness: mixed
// construct: recursion
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.Recursion;

internal static unsafe class Recursive
{
    public static void DirectGood(int depth)
    {
        nint block = Marshal.AllocHGlobal(8);
        if (depth > 0)
        {
            DirectGood(depth - 1);
        }

        Marshal.FreeHGlobal(block);
    }

    public static void DirectBad(int depth) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        if (depth > 0)
        {
            DirectBad(depth - 1);
            return;
        }

        Marshal.FreeHGlobal(block);
    }

    public static void FreesAtTheEndGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        FreeAt(block, 5);
    }

    public static void FreesAtTheEndTwiceBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        FreeAt(block, 5);
        Marshal.FreeHGlobal(block);
    }

    public static void MutualGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        Even(block, 4);
    }

    public static void MutualUseBad() // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(8);
        Even(block, 4);
        Marshal.WriteByte(block, 1);
    }

    public static void FactoryBad() // bad: LIFE003|LIFE004
    {
        nint block = Deep(3);
        Marshal.WriteByte(block, 1);
    }

    public static void FactoryGood()
    {
        nint block = Deep(3);
        Marshal.FreeHGlobal(block);
    }

    public static void TreeGood(int depth)
    {
        Node* root = Build(depth);
        FreeTree(root);
    }

    private static void FreeAt(nint block, int depth)
    {
        if (depth == 0)
        {
            Marshal.FreeHGlobal(block);
        }
        else
        {
            FreeAt(block, depth - 1);
        }
    }

    private static void Even(nint block, int depth)
    {
        if (depth == 0)
        {
            Marshal.FreeHGlobal(block);
            return;
        }

        Odd(block, depth - 1);
    }

    private static void Odd(nint block, int depth)
    {
        if (depth == 0)
        {
            Marshal.FreeHGlobal(block);
            return;
        }

        Even(block, depth - 1);
    }

    private static nint Deep(int depth) => depth == 0 ? Marshal.AllocHGlobal(8) : Deep(depth - 1);

    private static Node* Build(int depth)
    {
        if (depth == 0)
        {
            return null;
        }

        Node* node = (Node*)NativeMemory.Alloc((nuint)sizeof(Node));
        node->Left = Build(depth - 1);
        node->Right = Build(depth - 1);
        return node;
    }

    private static void FreeTree(Node* node)
    {
        if (node == null)
        {
            return;
        }

        FreeTree(node->Left);
        FreeTree(node->Right);
        NativeMemory.Free(node);
    }

    private struct Node
    {
        public Node* Left;
        public Node* Right;
    }
}
