// weakness: mixed
// construct: arrays and collections of blocks
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.Collections;

internal static unsafe class Kept
{
    public static void ElementGood()
    {
        var blocks = new nint[2];
        blocks[0] = Marshal.AllocHGlobal(8);
        blocks[1] = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(blocks[0]);
        Marshal.FreeHGlobal(blocks[1]);
    }

    public static void ElementBad() // bad: LIFE003|LIFE004
    {
        var blocks = new nint[2];
        blocks[0] = Marshal.AllocHGlobal(8);
        blocks[1] = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(blocks[0]);
    }

    public static void ElementTwiceBad() // bad: LIFE006
    {
        var blocks = new nint[2];
        blocks[1] = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(blocks[1]);
        Marshal.FreeHGlobal(blocks[1]);
    }

    public static void InitializerGood()
    {
        nint[] blocks = { Marshal.AllocHGlobal(8), Marshal.AllocHGlobal(8) };
        foreach (nint block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void InitializerBad() // bad: LIFE003|LIFE004
    {
        nint[] blocks = { Marshal.AllocHGlobal(8) };
        Io.PrintInt(blocks.Length);
    }

    public static void ListBad() // bad: LIFE003|LIFE004
    {
        var blocks = new List<nint> { Marshal.AllocHGlobal(8) };
        Io.PrintInt(blocks.Count);
    }

    public static List<nint> ListReturnedGood(int count)
    {
        var blocks = new List<nint>(count);
        for (int i = 0; i < count; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        return blocks;
    }

    public static void AddedToParameterGood(List<nint> blocks) => blocks.Add(Marshal.AllocHGlobal(8));

    public static void StackOfBlocksGood(int count)
    {
        var blocks = new Stack<nint>();
        for (int i = 0; i < count; i++)
        {
            blocks.Push(Marshal.AllocHGlobal(8));
        }

        while (blocks.TryPop(out nint block))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void DictionaryGood()
    {
        var blocks = new Dictionary<string, nint> { ["a"] = Marshal.AllocHGlobal(8) };
        foreach (KeyValuePair<string, nint> one in blocks)
        {
            Marshal.FreeHGlobal(one.Value);
        }
    }

    public static void QueueOfArraysGood(Queue<byte[]> queue)
    {
        queue.Enqueue(ArrayPool<byte>.Shared.Rent(16));
        while (queue.Count > 0)
        {
            ArrayPool<byte>.Shared.Return(queue.Dequeue());
        }
    }

    public static void NativeTableGood(int count)
    {
        nint* table = (nint*)NativeMemory.Alloc((nuint)count, (nuint)sizeof(nint));
        for (int i = 0; i < count; i++)
        {
            table[i] = Marshal.AllocHGlobal(8);
        }

        for (int i = 0; i < count; i++)
        {
            Marshal.FreeHGlobal(table[i]);
        }

        NativeMemory.Free(table);
    }

    public static void StoredInNativeStructGood(Header* header)
    {
        header->Body = (byte*)NativeMemory.Alloc(16);
        header->Name = Marshal.StringToCoTaskMemUTF8("name");
    }

    public static void StoredInParameterObjectGood(Message message) => message.Body = ArrayPool<byte>.Shared.Rent(16);

    internal struct Header
    {
        public byte* Body;
        public nint Name;
    }

    internal sealed class Message
    {
        public byte[]? Body { get; set; }
    }
}
