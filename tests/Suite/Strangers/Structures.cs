// weakness: mixed
// construct: linked structures, generic containers, enumerators, ref returns, inheritance, partial classes
using System;
using System.Buffers;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Strangers.Structures;

internal sealed unsafe class NativeList<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private T* _items;
    private int _count;
    private int _capacity;

    public NativeList(int capacity = 4)
    {
        _capacity = Math.Max(1, capacity);
        _items = (T*)NativeMemory.Alloc((nuint)_capacity, (nuint)sizeof(T));
    }

    public int Count => _count;

    public ref T this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_count)
            {
                throw new ArgumentOutOfRangeException(nameof(index));
            }

            return ref _items[index];
        }
    }

    public void Add(T item)
    {
        if (_count == _capacity)
        {
            _capacity *= 2;
            _items = (T*)NativeMemory.Realloc(_items, (nuint)_capacity * (nuint)sizeof(T));
        }

        _items[_count++] = item;
    }

    public T* Steal()
    {
        T* items = _items;
        _items = null;
        _count = _capacity = 0;
        return items;
    }

    public Span<T> AsSpan() => new(_items, _count);

    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < _count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        NativeMemory.Free(_items);
        _items = null;
        _count = 0;
    }
}

internal sealed class TreeNode : IDisposable
{
    private readonly nint _payload;

    public TreeNode(int size) => _payload = Marshal.AllocHGlobal(size);

    public TreeNode? Left { get; set; }

    public TreeNode? Right { get; set; }

    public void Dispose()
    {
        Left?.Dispose();
        Right?.Dispose();
        Marshal.FreeHGlobal(_payload);
    }
}

internal struct Chunks : IDisposable
{
    private readonly Stream _stream;
    private byte[]? _buffer;
    private int _length;

    public Chunks(Stream stream)
    {
        _stream = stream;
        _buffer = ArrayPool<byte>.Shared.Rent(1024);
    }

    public readonly ReadOnlySpan<byte> Current => _buffer.AsSpan(0, _length);

    public readonly Chunks GetEnumerator() => this;

    public bool MoveNext()
    {
        _length = _stream.Read(_buffer!, 0, _buffer!.Length);
        return _length > 0;
    }

    public void Dispose()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }
    }
}

internal abstract class Writer : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(256);
    private int _used;

    protected abstract void Emit(ReadOnlySpan<byte> data);

    public void Put(byte value)
    {
        if (_used == _buffer.Length)
        {
            Flush();
        }

        _buffer[_used++] = value;
    }

    public void Flush()
    {
        Emit(_buffer.AsSpan(0, _used));
        _used = 0;
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && _buffer.Length > 0)
        {
            Flush();
            byte[] buffer = _buffer;
            _buffer = [];
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

internal sealed class StreamWriterTo(Stream target) : Writer
{
    protected override void Emit(ReadOnlySpan<byte> data) => target.Write(data);
}

internal sealed partial class Split : IDisposable
{
    private nint _first;
    private nint _second;

    partial void OnCreated();

    public Split()
    {
        _first = Marshal.AllocHGlobal(4);
        OnCreated();
    }
}

internal sealed partial class Split
{
    partial void OnCreated() => _second = Marshal.AllocHGlobal(4);

    public void Dispose()
    {
        Free(ref _first);
        Free(ref _second);
    }

    private static void Free(ref nint block)
    {
        if (block != 0)
        {
            Marshal.FreeHGlobal(block);
            block = 0;
        }
    }
}

internal sealed partial class SplitBad : IDisposable // bad: LIFE013
{
    private nint _first;
    private nint _second;

    public SplitBad()
    {
        _first = Marshal.AllocHGlobal(4);
        _second = Marshal.AllocHGlobal(4);
    }

    public int Sum => Marshal.ReadInt32(_first) + Marshal.ReadInt32(_second);

    public void Dispose()
    {
        Free(ref _first);
    }

    private static void Free(ref nint block)
    {
        if (block != 0)
        {
            Marshal.FreeHGlobal(block);
            block = 0;
        }
    }
}

internal sealed class LazyTable : IDisposable
{
    private readonly Lock _gate = new();
    private nint _table;

    public nint Table
    {
        get
        {
            if (_table == 0)
            {
                lock (_gate)
                {
                    if (_table == 0)
                    {
                        _table = Marshal.AllocHGlobal(512);
                    }
                }
            }

            return _table;
        }
    }

    public void Dispose()
    {
        nint table = Interlocked.Exchange(ref _table, 0);
        if (table != 0)
        {
            Marshal.FreeHGlobal(table);
        }
    }
}

internal sealed class Resizing : IDisposable
{
    private nint _block;
    private int _size;

    public void Ensure(int size)
    {
        if (_size >= size)
        {
            return;
        }

        _block = _block == 0 ? Marshal.AllocHGlobal(size) : Marshal.ReAllocHGlobal(_block, size);
        _size = size;
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
        _size = 0;
    }
}

internal sealed class Replacing : IDisposable
{
    private nint _block;

    public void Swap(int size) // bad: LIFE013|LIFE004
    {
        _block = Marshal.AllocHGlobal(size);
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

internal sealed class ReplacingGood : IDisposable
{
    private nint _block;

    public void Swap(int size)
    {
        nint old = _block;
        _block = Marshal.AllocHGlobal(size);
        Marshal.FreeHGlobal(old);
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

internal sealed class Registry
{
    private readonly List<nint> _blocks = [];

    public nint New(int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        _blocks.Add(block);
        return block;
    }

    public void Clear()
    {
        _blocks.ForEach(Marshal.FreeHGlobal);
        _blocks.Clear();
    }
}

internal sealed class Composite : IDisposable
{
    private readonly NativeList<int> _indices;
    private readonly NativeList<float> _values;

    public Composite(int count)
    {
        _indices = new NativeList<int>(count);
        _values = new NativeList<float>(count);
    }

    public void Add(int index, float value)
    {
        _indices.Add(index);
        _values.Add(value);
    }

    public void Dispose()
    {
        _indices.Dispose();
        _values.Dispose();
    }
}

internal static unsafe class Structures
{
    public static int SumGood(int count)
    {
        using var list = new NativeList<int>();
        for (int i = 0; i < count; i++)
        {
            list.Add(i);
        }

        int sum = 0;
        foreach (int item in list)
        {
            sum += item;
        }

        return sum;
    }

    public static int SumBad(int count) // bad: LIFE003|LIFE004
    {
        var list = new NativeList<int>();
        for (int i = 0; i < count; i++)
        {
            list.Add(i);
        }

        return list.Count;
    }

    public static int SumEarlyBad(int count) // bad: LIFE004
    {
        var list = new NativeList<int>();
        for (int i = 0; i < count; i++)
        {
            if (i == 77)
            {
                return -1;
            }

            list.Add(i);
        }

        int sum = list.Count;
        list.Dispose();
        return sum;
    }

    public static Span<int> SpanOutBad(int count) // bad: LIFE007|LIFE010
    {
        using var list = new NativeList<int>(count);
        list.Add(1);
        return list.AsSpan();
    }

    public static int[] SpanCopyGood(int count)
    {
        using var list = new NativeList<int>(count);
        list.Add(1);
        return list.AsSpan().ToArray();
    }

    public static void StealGood()
    {
        using var list = new NativeList<int>();
        list.Add(3);
        int* items = list.Steal();
        NativeMemory.Free(items);
    }

    public static void StealBad() // bad: LIFE003|LIFE004
    {
        var list = new NativeList<int>();
        list.Add(3);
        int* items = list.Steal();
        list.Dispose();
        items[0] = 1;
    }

    public static void TreeGood()
    {
        using var root = new TreeNode(8)
        {
            Left = new TreeNode(4),
            Right = new TreeNode(4) { Left = new TreeNode(2) },
        };
    }

    public static void ChunksGood(Stream stream)
    {
        int total = 0;
        foreach (ReadOnlySpan<byte> chunk in new Chunks(stream))
        {
            total += chunk.Length;
        }

        Console.WriteLine(total);
    }

    public static void ChunksBad(Stream stream) // bad: LIFE006
    {
        int total = 0;
        using (var chunks = new Chunks(stream))
        {
            foreach (ReadOnlySpan<byte> chunk in chunks)
            {
                total += chunk.Length;
            }
        }

        Console.WriteLine(total);
    }

    public static void WriterGood(Stream target)
    {
        using var writer = new StreamWriterTo(target);
        writer.Put(1);
        writer.Put(2);
    }

    public static void SplitGood()
    {
        using var split = new Split();
        Console.WriteLine(split);
    }

    public static void LazyGood()
    {
        using var lazy = new LazyTable();
        Marshal.WriteByte(lazy.Table, 1);
    }

    public static void ResizingGood()
    {
        using var resizing = new Resizing();
        resizing.Ensure(10);
        resizing.Ensure(20);
        resizing.Ensure(5);
    }

    public static void RegistryGood()
    {
        var registry = new Registry();
        nint block = registry.New(5);
        Marshal.WriteByte(block, 1);
        registry.Clear();
    }

    public static void CompositeGood()
    {
        using var composite = new Composite(4);
        composite.Add(1, 2);
    }

    public static void CompositeBad() // bad: LIFE003|LIFE004
    {
        var composite = new Composite(4);
        composite.Add(1, 2);
    }

    public static void DictionaryOfBlocksGood(string[] names)
    {
        var blocks = new Dictionary<string, nint>();
        foreach (string name in names)
        {
            if (!blocks.TryGetValue(name, out nint block))
            {
                block = Marshal.AllocHGlobal(name.Length);
                blocks.Add(name, block);
            }

            Marshal.WriteByte(block, 1);
        }

        foreach ((string _, nint block) in blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void DictionaryOfBlocksBad(string[] names) // bad: LIFE004|LIFE003
    {
        var blocks = new Dictionary<string, int>();
        foreach (string name in names)
        {
            nint block = Marshal.AllocHGlobal(name.Length);
            if (blocks.TryAdd(name, name.Length))
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    public static bool TryParseGood(ReadOnlySpan<char> text, [NotNullWhen(true)] out TreeNode? node)
    {
        node = null;
        if (text.IsEmpty)
        {
            return false;
        }

        var made = new TreeNode(text.Length);
        if (text[0] == '!')
        {
            made.Dispose();
            return false;
        }

        node = made;
        return true;
    }

    public static bool TryParseBad(ReadOnlySpan<char> text, [NotNullWhen(true)] out TreeNode? node) // bad: LIFE004|LIFE003
    {
        node = null;
        var made = new TreeNode(text.Length);
        if (text[0] == '!')
        {
            return false;
        }

        node = made;
        return true;
    }

    public static void UseParsedGood(string text)
    {
        if (TryParseGood(text, out TreeNode? node))
        {
            using (node)
            {
                Console.WriteLine(node.Left);
            }
        }
    }

    public static void UseParsedBad(string text) // bad: LIFE003|LIFE004
    {
        if (TryParseGood(text, out TreeNode? node))
        {
            Console.WriteLine(node.Left);
        }
    }

    public static ref int FirstRefBad(int count) // bad: LIFE007|LIFE010
    {
        int* items = (int*)NativeMemory.Alloc((nuint)count, sizeof(int));
        ref int first = ref items[0];
        first = 1;
        NativeMemory.Free(items);
        return ref first;
    }

    public static int RefGood(int count)
    {
        int* items = (int*)NativeMemory.Alloc((nuint)count, sizeof(int));
        ref int first = ref items[0];
        first = 1;
        int value = first;
        NativeMemory.Free(items);
        return value;
    }

    public static void MoveOutGood(ref nint target, nint[] slots)
    {
        nint fresh = Marshal.AllocHGlobal(8);
        (slots[0], target) = (target, fresh);
    }

    public static void LocalFunctionCleanupGood(Stream stream)
    {
        nint a = Marshal.AllocHGlobal(8);
        nint b = 0;
        try
        {
            b = Marshal.AllocHGlobal(8);
            stream.Flush();
        }
        finally
        {
            Cleanup();
        }

        void Cleanup()
        {
            Marshal.FreeHGlobal(a);
            if (b != 0)
            {
                Marshal.FreeHGlobal(b);
            }
        }
    }

    public static void LocalFunctionCleanupBad(Stream stream) // bad: LIFE006
    {
        nint a = Marshal.AllocHGlobal(8);
        try
        {
            stream.Flush();
            Cleanup();
        }
        finally
        {
            Cleanup();
        }

        void Cleanup() => Marshal.FreeHGlobal(a);
    }

    public static void LinqGood(int[] sizes)
    {
        List<nint> blocks = sizes.Select(size => Marshal.AllocHGlobal(size)).ToList();
        foreach (nint block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static T* CopyOfGood<T>(ReadOnlySpan<T> source)
        where T : unmanaged
    {
        T* copy = (T*)NativeMemory.Alloc((nuint)source.Length, (nuint)sizeof(T));
        source.CopyTo(new Span<T>(copy, source.Length));
        return copy;
    }

    public static void CopyOfBad(ReadOnlySpan<int> source) // bad: LIFE003|LIFE004
    {
        int* copy = CopyOfGood(source);
        copy[0]++;
    }

}

internal static class Awaits
{
    public static async Task<int> StateAcrossAwaitGood(Stream stream)
    {
        nint block = Marshal.AllocHGlobal(4);
        try
        {
            await stream.FlushAsync();
            return Marshal.ReadInt32(block);
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static async Task<int> StateAcrossAwaitBad(Stream stream, bool fast) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(4);
        if (fast)
        {
            await Task.Yield();
            return 0;
        }

        int value = Marshal.ReadInt32(block);
        Marshal.FreeHGlobal(block);
        return value;
    }
}
