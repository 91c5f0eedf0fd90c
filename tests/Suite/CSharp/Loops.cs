// weakness: CWE-401
// construct: loops
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.Loops;

internal static unsafe class Loop
{
    public static void PerIterationGood(int count)
    {
        for (int i = 0; i < count; i++)
        {
            byte* block = (byte*)NativeMemory.Alloc(8);
            *block = (byte)i;
            NativeMemory.Free(block);
        }
    }

    public static void PerIterationBad(int count) // bad: LIFE003|LIFE004
    {
        for (int i = 0; i < count; i++)
        {
            byte* block = (byte*)NativeMemory.Alloc(8);
            *block = (byte)i;
        }
    }

    public static void FreedAfterLoopBad(int count) // bad: LIFE004
    {
        byte* block = null;
        for (int i = 0; i < count; i++)
        {
            block = (byte*)NativeMemory.Alloc(8);
            *block = (byte)i;
        }

        NativeMemory.Free(block);
    }

    public static void FreedBeforeNextGood(int count)
    {
        byte* block = null;
        for (int i = 0; i < count; i++)
        {
            NativeMemory.Free(block);
            block = (byte*)NativeMemory.Alloc(8);
            *block = (byte)i;
        }

        NativeMemory.Free(block);
    }

    public static void BreakBad(IEnumerable<int> numbers) // bad: LIFE004
    {
        foreach (int number in numbers)
        {
            nint block = Marshal.AllocHGlobal(8);
            Marshal.WriteInt32(block, number);
            if (number < 0)
            {
                break;
            }

            Marshal.FreeHGlobal(block);
        }
    }

    public static void BreakGood(IEnumerable<int> numbers)
    {
        foreach (int number in numbers)
        {
            nint block = Marshal.AllocHGlobal(8);
            Marshal.WriteInt32(block, number);
            if (number < 0)
            {
                Marshal.FreeHGlobal(block);
                break;
            }

            Marshal.FreeHGlobal(block);
        }
    }

    public static void ContinueBad(int[] numbers) // bad: LIFE004
    {
        foreach (int number in numbers)
        {
            nint block = Marshal.AllocHGlobal(8);
            if (number == 7)
            {
                continue;
            }

            Marshal.WriteInt32(block, number);
            Marshal.FreeHGlobal(block);
        }
    }

    public static void ContinueGood(int[] numbers)
    {
        foreach (int number in numbers)
        {
            if (number == 7)
            {
                continue;
            }

            nint block = Marshal.AllocHGlobal(8);
            Marshal.WriteInt32(block, number);
            Marshal.FreeHGlobal(block);
        }
    }

    public static void GotoOutOfNestedLoopsBad(int rows, int columns) // bad: LIFE004
    {
        int* row = (int*)NativeMemory.Alloc((nuint)columns * sizeof(int));
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                row[j] = i * j;
                if (row[j] == 42)
                {
                    goto found;
                }
            }
        }

        NativeMemory.Free(row);
        return;
        found:
        Io.PrintLine("found");
    }

    public static void GotoOutOfNestedLoopsGood(int rows, int columns)
    {
        int* row = (int*)NativeMemory.Alloc((nuint)columns * sizeof(int));
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                row[j] = i * j;
                if (row[j] == 42)
                {
                    goto found;
                }
            }
        }

        found:
        NativeMemory.Free(row);
    }

    public static void FreeInLoopBad(int count) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(16);
        do
        {
            Marshal.FreeHGlobal(block);
            count--;
        }
        while (count > 0);
    }

    public static void FreeInLoopThenBreakGood(int count)
    {
        nint block = Marshal.AllocHGlobal(16);
        while (true)
        {
            count--;
            if (count <= 0)
            {
                Marshal.FreeHGlobal(block);
                break;
            }
        }
    }

    public static void UseInNextIterationBad(int count) // bad: LIFE007, LIFE004
    {
        byte* block = (byte*)NativeMemory.Alloc(16);
        for (int i = 0; i < count; i++)
        {
            block[0] = (byte)i;
            if (i == 3)
            {
                NativeMemory.Free(block);
            }
        }
    }

    public static void RetryGood(Stream stream)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(256);
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) == buffer.Length)
        {
            byte[] bigger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            Buffer.BlockCopy(buffer, 0, bigger, 0, read);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = bigger;
        }

        Io.PrintInt(read);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void RetryLosesOldBad(int wanted) // bad: LIFE004|LIFE003
    {
        nint buffer = Marshal.AllocHGlobal(256);
        int size = 256;
        while (size < wanted)
        {
            size *= 2;
            buffer = Marshal.AllocHGlobal(size);
        }

        Marshal.WriteByte(buffer, 1);
        Marshal.FreeHGlobal(buffer);
    }

    public static void RetryReturnsOldGood(int wanted)
    {
        nint buffer = Marshal.AllocHGlobal(256);
        int size = 256;
        while (size < wanted)
        {
            Marshal.FreeHGlobal(buffer);
            size *= 2;
            buffer = Marshal.AllocHGlobal(size);
        }

        Marshal.WriteByte(buffer, 1);
        Marshal.FreeHGlobal(buffer);
    }

    public static void LazyInLoopGood(int[] sizes)
    {
        byte[]? scratch = null;
        foreach (int size in sizes)
        {
            scratch ??= ArrayPool<byte>.Shared.Rent(1024);
            scratch[0] = (byte)size;
        }

        if (scratch is not null)
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    public static void LazyPointerInLoopGood(int[] sizes)
    {
        byte* scratch = null;
        foreach (int size in sizes)
        {
            if (scratch == null)
            {
                scratch = (byte*)NativeMemory.Alloc(1024);
            }

            scratch[0] = (byte)size;
        }

        if (scratch != null)
        {
            NativeMemory.Free(scratch);
        }
    }

    public static void LazyPointerInLoopBad(int[] sizes) // bad: LIFE003|LIFE004
    {
        byte* scratch = null;
        foreach (int size in sizes)
        {
            if (scratch == null)
            {
                scratch = (byte*)NativeMemory.Alloc(1024);
            }

            scratch[0] = (byte)size;
        }
    }

    public static void ArrayOfBlocksGood(int count)
    {
        nint[] blocks = new nint[count];
        for (int i = 0; i < count; i++)
        {
            blocks[i] = Marshal.AllocHGlobal(8);
        }

        for (int i = 0; i < count; i++)
        {
            Marshal.FreeHGlobal(blocks[i]);
        }
    }

    public static void ListOfBlocksGood(int count)
    {
        var blocks = new List<nint>();
        for (int i = 0; i < count; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        foreach (nint block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void ArrayOfBlocksBad(int count) // bad: LIFE003|LIFE004
    {
        nint[] blocks = new nint[count];
        for (int i = 0; i < count; i++)
        {
            blocks[i] = Marshal.AllocHGlobal(8);
        }

        Io.PrintInt(blocks.Length);
    }

    public static void EndlessWithReturnBad(Func<int> next) // bad: LIFE004|LIFE003
    {
        nint block = Marshal.AllocHGlobal(8);
        while (true)
        {
            if (next() == 0)
            {
                return;
            }

            Marshal.WriteInt32(block, next());
        }
    }

    public static void EndlessWithReturnGood(Func<int> next)
    {
        nint block = Marshal.AllocHGlobal(8);
        while (true)
        {
            if (next() == 0)
            {
                Marshal.FreeHGlobal(block);
                return;
            }

            Marshal.WriteInt32(block, next());
        }
    }

    public static void NeverLeavesGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        while (true)
        {
            Marshal.WriteInt32(block, Marshal.ReadInt32(block) + 1);
        }
    }

    public static void LinkedNodesGood(int count)
    {
        Node* head = null;
        for (int i = 0; i < count; i++)
        {
            Node* node = (Node*)NativeMemory.Alloc((nuint)sizeof(Node));
            node->Next = head;
            head = node;
        }

        while (head != null)
        {
            Node* next = head->Next;
            NativeMemory.Free(head);
            head = next;
        }
    }

    public static void LinkedNodesBad(int count) // bad: LIFE007
    {
        Node* head = null;
        for (int i = 0; i < count; i++)
        {
            Node* node = (Node*)NativeMemory.Alloc((nuint)sizeof(Node));
            node->Next = head;
            head = node;
        }

        while (head != null)
        {
            NativeMemory.Free(head);
            head = head->Next;
        }
    }

    public static void CountdownGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        for (int i = 10; i > 0; i--)
        {
            Marshal.WriteInt32(block, i);
        }

        Marshal.FreeHGlobal(block);
    }

    private struct Node
    {
        public Node* Next;
    }
}
