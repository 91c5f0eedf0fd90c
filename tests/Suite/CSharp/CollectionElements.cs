// weakness: mixed
// construct: collections of blocks, filled, looked at and emptied
using System;
using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Suite.Support;

namespace Cases.CollectionElements;

internal static class Filled
{
    public static int ListOnlyReadBad(int count) // bad: LIFE003
    {
        var blocks = new List<nint>();
        for (int i = 0; i < count; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        int sum = 0;
        foreach (nint block in blocks)
        {
            sum += Marshal.ReadInt32(block);
        }

        return sum;
    }

    public static int ListReadAndFreedGood(int count)
    {
        var blocks = new List<nint>();
        for (int i = 0; i < count; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        int sum = 0;
        for (int i = 0; i < blocks.Count; i++)
        {
            sum += Marshal.ReadInt32(blocks[i]);
        }

        foreach (nint block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }

        return sum;
    }

    public static int DictionaryOnlyReadBad(string[] names) // bad: LIFE003
    {
        var blocks = new Dictionary<string, nint>();
        foreach (string name in names)
        {
            blocks[name] = Marshal.StringToHGlobalAnsi(name);
        }

        int sum = 0;
        foreach (KeyValuePair<string, nint> pair in blocks)
        {
            sum += Marshal.ReadByte(pair.Value);
        }

        return sum;
    }

    public static void DictionaryValuesGood(string[] names)
    {
        var blocks = new Dictionary<string, nint>();
        foreach (string name in names)
        {
            blocks.Add(name, Marshal.StringToHGlobalAnsi(name));
        }

        foreach (nint block in blocks.Values)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void DictionaryPartsGood(string[] names)
    {
        var blocks = new Dictionary<string, nint>();
        foreach (string name in names)
        {
            blocks.TryAdd(name, Marshal.StringToHGlobalAnsi(name));
        }

        foreach ((string _, nint block) in blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static int RentedOnlyReadBad(List<string> names) // bad: LIFE003
    {
        var buffers = new Queue<char[]>();
        foreach (string name in names)
        {
            char[] buffer = ArrayPool<char>.Shared.Rent(name.Length);
            name.CopyTo(0, buffer, 0, name.Length);
            buffers.Enqueue(buffer);
        }

        int sum = 0;
        foreach (char[] buffer in buffers)
        {
            sum += buffer[0];
        }

        return sum;
    }

    public static void RentedDrainedGood(List<string> names)
    {
        var buffers = new ConcurrentQueue<char[]>();
        foreach (string name in names)
        {
            buffers.Enqueue(ArrayPool<char>.Shared.Rent(name.Length));
        }

        while (buffers.TryDequeue(out char[]? buffer))
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    public static void HandlesOnlyReadBad(byte[][] parts) // bad: LIFE003
    {
        var handles = new GCHandle[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            handles[i] = GCHandle.Alloc(parts[i], GCHandleType.Pinned);
        }

        for (int i = 0; i < parts.Length; i++)
        {
            Io.PrintInt(Marshal.ReadByte(handles[i].AddrOfPinnedObject()));
        }
    }

    public static void HandlesFreedGood(byte[][] parts)
    {
        var handles = new GCHandle[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            handles[i] = GCHandle.Alloc(parts[i], GCHandleType.Pinned);
        }

        foreach (GCHandle handle in handles)
        {
            if (handle.IsAllocated)
            {
                handle.Free();
            }
        }
    }

    public static void HandlesBehindSpanGood(byte[][] parts)
    {
        var handles = new GCHandle[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            handles[i] = GCHandle.Alloc(parts[i], GCHandleType.Pinned);
        }

        foreach (ref GCHandle handle in handles.AsSpan())
        {
            handle.Free();
        }
    }

    public static void OneBehindTheOtherGood(int count)
    {
        var blocks = new List<nint>();
        for (int i = 0; i < count; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        nint before = 0;
        foreach (nint block in blocks)
        {
            if (before != 0)
            {
                Marshal.FreeHGlobal(before);
            }

            before = block;
        }

        Marshal.FreeHGlobal(before);
    }

    public static void TwoListsBad(int count) // bad: LIFE003
    {
        var names = new List<nint>();
        var values = new List<nint>();
        for (int i = 0; i < count; i++)
        {
            names.Add(Marshal.AllocHGlobal(8));
            values.Add(Marshal.AllocHGlobal(8));
        }

        names.ForEach(Marshal.FreeHGlobal);
    }

    public static void TwoListsGood(int count)
    {
        var names = new List<nint>();
        var values = new List<nint>();
        for (int i = 0; i < count; i++)
        {
            names.Add(Marshal.AllocHGlobal(8));
            values.Add(Marshal.AllocHGlobal(8));
        }

        names.ForEach(Marshal.FreeHGlobal);
        values.ForEach(value => Marshal.FreeHGlobal(value));
    }

    private static int SumOf(List<nint> blocks)
    {
        int sum = 0;
        for (int i = 0; i < blocks.Count; i++)
        {
            sum += Marshal.ReadInt32(blocks[i]);
        }

        return sum;
    }

    private static void FreeAll(IEnumerable<nint> blocks)
    {
        foreach (nint block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    private static void FreeEach(nint[] blocks)
    {
        for (int i = 0; i < blocks.Length; i++)
        {
            Marshal.FreeHGlobal(blocks[i]);
        }
    }

    public static int HelperOnlyReadsBad(int count) // bad: LIFE003
    {
        var blocks = new List<nint>();
        for (int i = 0; i < count; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        return SumOf(blocks);
    }

    public static int HelperFreesGood(int count)
    {
        var blocks = new List<nint>();
        for (int i = 0; i < count; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        int sum = SumOf(blocks);
        FreeAll(blocks);
        return sum;
    }

    public static void HelperFreesArrayGood(int count)
    {
        var blocks = new nint[count];
        for (int i = 0; i < count; i++)
        {
            blocks[i] = Marshal.AllocHGlobal(8);
        }

        FreeEach(blocks);
    }

    public static nint[] HandedOutGood(int count)
    {
        var blocks = new List<nint>();
        for (int i = 0; i < count; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        return blocks.ToArray();
    }

    public static nint LastHandedOutGood(int count)
    {
        var blocks = new Stack<nint>();
        for (int i = 0; i < count; i++)
        {
            blocks.Push(Marshal.AllocHGlobal(8));
        }

        return blocks.Peek();
    }

    public static bool LeftEarlyBad(int count) // bad: LIFE003|LIFE004
    {
        var blocks = new nint[count];
        for (int i = 0; i < count; i++)
        {
            blocks[i] = Marshal.AllocHGlobal(8);
        }

        if (Globals.ReturnsTrueOrFalse())
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            Marshal.FreeHGlobal(blocks[i]);
        }

        return true;
    }

    public static bool ListLeftEarlyBad(int count) // bad: LIFE003|LIFE004
    {
        var blocks = new List<nint>();
        for (int i = 0; i < count; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        if (Marshal.ReadInt32(blocks[0]) == 0)
        {
            return false;
        }

        foreach (nint block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }

        return true;
    }

    public static bool LeftThroughFinallyGood(int count)
    {
        var blocks = new List<nint>();
        try
        {
            for (int i = 0; i < count; i++)
            {
                blocks.Add(Marshal.AllocHGlobal(8));
            }

            return Globals.ReturnsTrueOrFalse();
        }
        finally
        {
            foreach (nint block in blocks)
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    public static bool EmptiedOnBothWaysGood(int count)
    {
        var blocks = new List<nint>();
        for (int i = 0; i < count; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        if (Globals.ReturnsTrueOrFalse())
        {
            FreeAll(blocks);
            return false;
        }

        foreach (nint block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }

        return true;
    }

    public static bool NothingToEmptyGood(int count)
    {
        var blocks = new List<nint>();
        for (int i = 0; i < count; i++)
        {
            if (Globals.ReturnsTrueOrFalse())
            {
                blocks.Add(Marshal.AllocHGlobal(8));
            }
        }

        if (blocks.Count == 0)
        {
            return false;
        }

        foreach (nint block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }

        return true;
    }
}

internal static class Few
{
    public static void OneOfTwoBad() // bad: LIFE003|LIFE004
    {
        var blocks = new Stack<nint>();
        blocks.Push(Marshal.AllocHGlobal(4));
        blocks.Push(Marshal.AllocHGlobal(8));
        Marshal.FreeHGlobal(blocks.Pop());
    }

    public static void BothGood()
    {
        var blocks = new Stack<nint>();
        blocks.Push(Marshal.AllocHGlobal(4));
        blocks.Push(Marshal.AllocHGlobal(8));
        Marshal.FreeHGlobal(blocks.Pop());
        Marshal.FreeHGlobal(blocks.Pop());
    }

    public static void QueueTwiceBad() // bad: LIFE006
    {
        var blocks = new Queue<nint>();
        nint block = Marshal.AllocHGlobal(4);
        blocks.Enqueue(block);
        Marshal.FreeHGlobal(block);
        while (blocks.Count > 0)
        {
            Marshal.FreeHGlobal(blocks.Dequeue());
        }
    }

    public static void QueueOnceGood()
    {
        var blocks = new Queue<nint>();
        nint block = Marshal.AllocHGlobal(4);
        blocks.Enqueue(block);
        while (blocks.Count > 0)
        {
            Marshal.FreeHGlobal(blocks.Dequeue());
        }
    }

    public static void SecondOfListTwiceBad() // bad: LIFE006
    {
        var blocks = new List<nint> { Marshal.AllocHGlobal(4), Marshal.AllocHGlobal(8) };
        Marshal.FreeHGlobal(blocks[0]);
        Marshal.FreeHGlobal(blocks[1]);
        Marshal.FreeHGlobal(blocks[1]);
    }

    public static void InsertedGood()
    {
        var blocks = new List<nint>();
        blocks.Add(Marshal.AllocHGlobal(4));
        blocks.Insert(0, Marshal.AllocHGlobal(8));
        Marshal.FreeHGlobal(blocks[1]);
        Marshal.FreeHGlobal(blocks[0]);
    }

    public static int ByKeyBad() // bad: LIFE007
    {
        var blocks = new Dictionary<string, nint> { ["a"] = Marshal.AllocHGlobal(4), ["b"] = Marshal.AllocHGlobal(4) };
        Marshal.FreeHGlobal(blocks["a"]);
        int read = Marshal.ReadInt32(blocks["a"]);
        Marshal.FreeHGlobal(blocks["b"]);
        return read;
    }

    public static int ByKeyGood()
    {
        var blocks = new Dictionary<string, nint> { ["a"] = Marshal.AllocHGlobal(4), ["b"] = Marshal.AllocHGlobal(4) };
        Marshal.FreeHGlobal(blocks["a"]);
        int read = Marshal.ReadInt32(blocks["b"]);
        Marshal.FreeHGlobal(blocks["b"]);
        return read;
    }

    public static void KeyReplacedBad() // bad: LIFE003|LIFE004
    {
        var blocks = new Dictionary<int, nint>();
        blocks[1] = Marshal.AllocHGlobal(4);
        blocks[1] = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(blocks[1]);
    }

    public static void KeyReplacedGood()
    {
        var blocks = new Dictionary<int, nint>();
        blocks[1] = Marshal.AllocHGlobal(4);
        if (blocks.TryGetValue(1, out nint old))
        {
            Marshal.FreeHGlobal(old);
        }

        blocks[1] = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(blocks[1]);
    }

    public static void RemovedGood()
    {
        var blocks = new Dictionary<string, nint>();
        blocks.Add("a", Marshal.AllocHGlobal(4));
        if (blocks.Remove("a", out nint block))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void UnknownKeyGood(string key)
    {
        var blocks = new Dictionary<string, nint>();
        blocks.Add(key, Marshal.AllocHGlobal(4));
        if (blocks.TryGetValue(key, out nint block))
        {
            Marshal.FreeHGlobal(block);
        }
    }
}

internal static class GatheredTasks
{
    private static unsafe void Fill(nint block, int size) => new Span<byte>((void*)block, size).Fill(1);

    public static async Task FreedBeforeBad(int size) // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(size);
        var tasks = new List<Task>();
        for (int i = 0; i < 4; i++)
        {
            int part = i;
            tasks.Add(Task.Run(() => Fill(block + (part * size / 4), size / 4)));
        }

        Marshal.FreeHGlobal(block);
        await Task.WhenAll(tasks);
    }

    public static async Task FreedAfterGood(int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        try
        {
            var tasks = new List<Task>();
            for (int i = 0; i < 4; i++)
            {
                int part = i;
                tasks.Add(Task.Run(() => Fill(block + (part * size / 4), size / 4)));
            }

            await Task.WhenAll(tasks);
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void WaitedForTooLateBad(int size) // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(size);
        var tasks = new List<Task> { Task.Run(() => Fill(block, size)) };
        Marshal.FreeHGlobal(block);
        Task.WaitAll(tasks.ToArray());
    }
}

internal static unsafe class OnStack
{
    [DllImport("shell")]
    private static extern int run(byte** arguments, int count);

    public static int ArgumentsBad(string[] words) // bad: LIFE003
    {
        byte** arguments = stackalloc byte*[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            arguments[i] = (byte*)Marshal.StringToCoTaskMemUTF8(words[i]);
        }

        return run(arguments, words.Length);
    }

    public static int ArgumentsGood(string[] words)
    {
        byte** arguments = stackalloc byte*[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            arguments[i] = (byte*)Marshal.StringToCoTaskMemUTF8(words[i]);
        }

        int result = run(arguments, words.Length);
        for (int i = 0; i < words.Length; i++)
        {
            Marshal.FreeCoTaskMem((nint)arguments[i]);
        }

        return result;
    }

    private static void FreeAll(byte** arguments, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Marshal.FreeCoTaskMem((nint)arguments[i]);
        }
    }

    public static int HelperGood(string[] words)
    {
        byte** arguments = stackalloc byte*[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            arguments[i] = (byte*)Marshal.StringToCoTaskMemUTF8(words[i]);
        }

        int result = run(arguments, words.Length);
        FreeAll(arguments, words.Length);
        return result;
    }

    public static int WalkedGood(string[] words)
    {
        byte** arguments = stackalloc byte*[words.Length];
        byte** end = arguments;
        foreach (string word in words)
        {
            *end++ = (byte*)Marshal.StringToCoTaskMemUTF8(word);
        }

        int result = run(arguments, words.Length);
        while (end > arguments)
        {
            Marshal.FreeCoTaskMem((nint)(*--end));
        }

        return result;
    }

    public static void TwoBad() // bad: LIFE003|LIFE004
    {
        nint* pair = stackalloc nint[2];
        pair[0] = Marshal.AllocHGlobal(8);
        pair[1] = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(pair[0]);
    }

    public static void TwoGood()
    {
        nint* pair = stackalloc nint[2];
        pair[0] = Marshal.AllocHGlobal(8);
        pair[1] = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(pair[0]);
        Marshal.FreeHGlobal(pair[1]);
    }

    public static byte** CopiesBad(byte** texts, int count) // bad: LIFE003|LIFE004
    {
        byte** copies = (byte**)NativeMemory.Alloc((nuint)count, (nuint)sizeof(byte*));
        for (int i = 0; i < count; i++)
        {
            copies[i] = (byte*)NativeMemory.Alloc(8);
            if (texts[i] == null)
            {
                NativeMemory.Free(copies);
                return null;
            }
        }

        return copies;
    }

    public static byte** CopiesGood(byte** texts, int count)
    {
        byte** copies = (byte**)NativeMemory.Alloc((nuint)count, (nuint)sizeof(byte*));
        for (int i = 0; i < count; i++)
        {
            copies[i] = (byte*)NativeMemory.Alloc(8);
            if (texts[i] == null)
            {
                for (int j = 0; j <= i; j++)
                {
                    NativeMemory.Free(copies[j]);
                }

                NativeMemory.Free(copies);
                return null;
            }
        }

        return copies;
    }
}
