// weakness: CWE-401
// construct: a bit of everything, once more in other words
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Suite.Support;

namespace Strangers.Variety;

internal sealed class AsyncOwner : IAsyncDisposable
{
    private readonly nint _block = Marshal.AllocHGlobal(16);
    private readonly IMemoryOwner<byte> _memory = MemoryPool<byte>.Shared.Rent(16);

    public nint Block => _block;

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        Marshal.FreeHGlobal(_block);
        _memory.Dispose();
    }
}

internal sealed class AsyncOwnerForgets : IAsyncDisposable // bad: LIFE013
{
    private readonly nint _block = Marshal.AllocHGlobal(16);
    private readonly Stream _stream = Stream.Null;

    public async ValueTask DisposeAsync()
    {
        Io.PrintInt((int)_block);
        await _stream.DisposeAsync();
    }
}

internal interface INativeBuffer : IDisposable
{
    nint Address { get; }

    void Clear() => Marshal.WriteInt64(Address, 0);
}

internal sealed class NativeBuffer(int size) : INativeBuffer
{
    public nint Address { get; private set; } = Marshal.AllocHGlobal(size);

    public void Dispose()
    {
        nint address = Address;
        Address = 0;
        Marshal.FreeHGlobal(address);
    }
}

internal unsafe ref struct NativeSpan<T>
    where T : unmanaged
{
    private readonly T* _items;
    private readonly int _length;

    public NativeSpan(int length)
    {
        _items = (T*)NativeMemory.AllocZeroed((nuint)length, (nuint)sizeof(T));
        _length = length;
    }

    public readonly Span<T> Items => new(_items, _length);

    public readonly void Dispose() => NativeMemory.Free(_items);
}

internal sealed record Node(string Name)
{
    public nint Native { get; init; }
}

internal static class Variety
{
    public static async Task AwaitUsingGood()
    {
        await using var owner = new AsyncOwner();
        Marshal.WriteInt32(owner.Block, 3);
    }

    public static async Task AwaitUsingBad() // bad: LIFE003
    {
        var owner = new AsyncOwner();
        await Task.Yield();
        Marshal.WriteInt32(owner.Block, 3);
    }

    public static async Task<int> AwaitUsingAfterBad() // bad: LIFE007
    {
        nint block;
        await using (var owner = new AsyncOwner())
        {
            block = owner.Block;
        }

        return Marshal.ReadInt32(block);
    }

    public static void InterfaceGood()
    {
        using INativeBuffer buffer = new NativeBuffer(8);
        buffer.Clear();
    }

    public static void InterfaceBad() // bad: LIFE003
    {
        INativeBuffer buffer = new NativeBuffer(8);
        buffer.Clear();
    }

    public static void InterfaceTwiceGood()
    {
        var buffer = new NativeBuffer(8);
        buffer.Dispose();
        buffer.Dispose();
    }

    public static int NativeSpanGood(int n)
    {
        using var items = new NativeSpan<int>(n);
        items.Items[0] = 4;
        return items.Items[0];
    }

    public static int NativeSpanBad(int n) // bad: LIFE003
    {
        var items = new NativeSpan<int>(n);
        items.Items[0] = 4;
        return items.Items[0];
    }

    public static int NativeSpanAfterBad(int n) // bad: LIFE007
    {
        var items = new NativeSpan<int>(n);
        Span<int> view = items.Items;
        items.Dispose();
        return view[0];
    }

    public static void RecordBad() // bad: LIFE003|LIFE004
    {
        var node = new Node("a") { Native = Marshal.AllocHGlobal(3) };
        Node renamed = node with { Name = "b" };
        Io.PrintLine(renamed.Name);
    }

    public static void RecordGood()
    {
        var node = new Node("a") { Native = Marshal.AllocHGlobal(3) };
        Node renamed = node with { Name = "b" };
        Io.PrintLine(renamed.Name);
        Marshal.FreeHGlobal(renamed.Native);
    }

    public static void RecordTwiceBad() // bad: LIFE006
    {
        var node = new Node("a") { Native = Marshal.AllocHGlobal(3) };
        Node renamed = node with { Name = "b" };
        Marshal.FreeHGlobal(node.Native);
        Marshal.FreeHGlobal(renamed.Native);
    }

    public static void StackOfPointersGood(int n)
    {
        Span<nint> blocks = stackalloc nint[8];
        int count = Math.Min(n, 8);
        for (int i = 0; i < count; i++)
        {
            blocks[i] = Marshal.AllocHGlobal(4);
        }

        for (int i = 0; i < count; i++)
        {
            Marshal.FreeHGlobal(blocks[i]);
        }
    }

    public static int TuplePatternBad(int kind, bool flag) // bad: LIFE004|LIFE003
    {
        nint block = Marshal.AllocHGlobal(4);
        switch (kind, flag)
        {
            case (1, true):
                Marshal.FreeHGlobal(block);
                return 1;
            case ( > 1, _):
                Marshal.FreeHGlobal(block);
                return 2;
            default:
                return 3;
        }
    }

    public static int TuplePatternGood(int kind, bool flag)
    {
        nint block = Marshal.AllocHGlobal(4);
        int result = (kind, flag) switch
        {
            (1, true) => 1,
            ( > 1, _) => 2,
            _ => 3,
        };
        Marshal.FreeHGlobal(block);
        return result;
    }

    public static void FinallyThrowsBad(Action after) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(4);
        try
        {
            Marshal.WriteInt32(block, 1);
        }
        finally
        {
            Marshal.FreeHGlobal(block);
            after();
        }

        Marshal.FreeHGlobal(block);
    }

    public static int FilterGood(Func<nint, int> work)
    {
        nint block = Marshal.AllocHGlobal(4);
        try
        {
            return work(block);
        }
        catch (Exception e) when (Log(e))
        {
            return -1;
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    private static bool Log(Exception e)
    {
        Io.PrintLine(e.Message);
        return true;
    }

    public static int RethrowBad(Func<nint, int> work) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(4);
        int result;
        try
        {
            result = work(block);
            Marshal.FreeHGlobal(block);
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }

        return result;
    }

    public static int ManyReturnsBad(string text) // bad: LIFE004|LIFE003
    {
        nint native = Marshal.StringToHGlobalAnsi(text);
        if (text.Length == 0)
        {
            Marshal.FreeHGlobal(native);
            return 0;
        }

        if (text[0] == '-')
        {
            Marshal.FreeHGlobal(native);
            return -1;
        }

        if (text[0] == '+')
        {
            return 1;
        }

        Marshal.FreeHGlobal(native);
        return 2;
    }

    public static int ForeverGood(Func<int> next)
    {
        for (; ; )
        {
            nint block = Marshal.AllocHGlobal(4);
            int value = next();
            Marshal.WriteInt32(block, value);
            Marshal.FreeHGlobal(block);
            if (value < 0)
            {
                break;
            }
        }

        return 0;
    }

    public static int ForeverBad(Func<int> next) // bad: LIFE004|LIFE003
    {
        for (; ; )
        {
            nint block = Marshal.AllocHGlobal(4);
            int value = next();
            if (value < 0)
            {
                break;
            }

            Marshal.WriteInt32(block, value);
            Marshal.FreeHGlobal(block);
        }

        return 0;
    }

    public static void RetryGood(Func<nint, bool> attempt)
    {
        nint block = 0;
        for (int i = 0; i < 3; i++)
        {
            block = Marshal.AllocHGlobal(16);
            if (attempt(block))
            {
                break;
            }

            Marshal.FreeHGlobal(block);
            block = 0;
        }

        if (block != 0)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void RetryBad(Func<nint, bool> attempt) // bad: LIFE006
    {
        nint block = 0;
        for (int i = 0; i < 3; i++)
        {
            block = Marshal.AllocHGlobal(16);
            if (attempt(block))
            {
                break;
            }

            Marshal.FreeHGlobal(block);
        }

        if (block != 0)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void CountingGood(int count)
    {
        nint[] blocks = new nint[count];
        int made = 0;
        try
        {
            for (; made < count; made++)
            {
                blocks[made] = Marshal.AllocHGlobal(8);
            }
        }
        finally
        {
            while (made > 0)
            {
                Marshal.FreeHGlobal(blocks[--made]);
            }
        }
    }

    public static string NullConditionalGood(string? text)
    {
        IMemoryOwner<char>? owner = text is null ? null : MemoryPool<char>.Shared.Rent(text.Length);
        text?.AsSpan().CopyTo(owner!.Memory.Span);
        string result = owner?.Memory.Span[..1].ToString() ?? "";
        owner?.Dispose();
        return result;
    }

    public static string NullConditionalBad(string? text) // bad: LIFE007
    {
        IMemoryOwner<char>? owner = text is null ? null : MemoryPool<char>.Shared.Rent(text.Length);
        Memory<char> memory = owner?.Memory ?? default;
        owner?.Dispose();
        return owner is null ? "" : memory.Span[..1].ToString();
    }

    public static void ThreadGood(byte[] data)
    {
        GCHandle pin = GCHandle.Alloc(data, GCHandleType.Pinned);
        nint address = pin.AddrOfPinnedObject();
        var thread = new Thread(() =>
        {
            Marshal.WriteByte(address, 1);
            pin.Free();
        });
        thread.Start();
    }

    public static string Utf8Good(string text)
    {
        nint native = Marshal.StringToCoTaskMemUTF8(text);
        string back = Marshal.PtrToStringUTF8(native)!;
        Marshal.ZeroFreeCoTaskMemUTF8(native);
        return back;
    }

    public static string Utf8Bad(string text) // bad: LIFE006
    {
        nint native = Marshal.StringToCoTaskMemUTF8(text);
        string back = Marshal.PtrToStringUTF8(native)!;
        Marshal.ZeroFreeCoTaskMemUTF8(native);
        Marshal.FreeCoTaskMem(native);
        return back;
    }

    public static unsafe int SumGood(ReadOnlySpan<int> values)
    {
        int* copy = (int*)NativeMemory.Alloc((nuint)values.Length, sizeof(int));
        try
        {
            values.CopyTo(new Span<int>(copy, values.Length));
            int sum = 0;
            int* end = copy + values.Length;
            for (int* p = copy; p < end; p++)
            {
                sum += *p;
            }

            return sum;
        }
        finally
        {
            NativeMemory.Free(copy);
        }
    }

    public static unsafe int SumBad(ReadOnlySpan<int> values) // bad: LIFE009
    {
        int* copy = (int*)NativeMemory.Alloc((nuint)values.Length, sizeof(int));
        values.CopyTo(new Span<int>(copy, values.Length));
        int sum = *copy;
        copy += 1;
        sum += *copy;
        NativeMemory.Free(copy);
        return sum;
    }

    public static unsafe void HeaderGood(int size)
    {
        byte* raw = (byte*)NativeMemory.Alloc((nuint)size + 16);
        *(long*)raw = size;
        byte* user = raw + 16;
        user[0] = 1;
        NativeMemory.Free(user - 16);
    }

    public static unsafe void HeaderBad(int size) // bad: LIFE009
    {
        byte* raw = (byte*)NativeMemory.Alloc((nuint)size + 16);
        *(long*)raw = size;
        byte* user = raw + 16;
        user[0] = 1;
        NativeMemory.Free(user - 8);
    }

    private static nint Open(string name, bool write)
    {
        nint handle = Marshal.AllocHGlobal(name.Length + 1);
        if (write && name.Length > 100)
        {
            Marshal.FreeHGlobal(handle);
            return 0;
        }

        return handle;
    }

    public static bool OpenUserGood(string name)
    {
        nint handle = Open(name, true);
        if (handle == 0)
        {
            return false;
        }

        Marshal.FreeHGlobal(handle);
        return true;
    }

    public static bool OpenUserBad(string name) // bad: LIFE003
    {
        nint handle = Open(name, true);
        return handle != 0;
    }

    public static (nint, nint) PairGood(int size)
    {
        nint first = Marshal.AllocHGlobal(size);
        nint second = Marshal.AllocHGlobal(size);
        return (first, second);
    }

    public static void PairUserBad(int size) // bad: LIFE003
    {
        (nint first, _) = PairGood(size);
        Marshal.FreeHGlobal(first);
    }

    public static void PairUserGood(int size)
    {
        var (first, second) = PairGood(size);
        Marshal.FreeHGlobal(second);
        Marshal.FreeHGlobal(first);
    }
}
