using System.Buffers;
using System.Runtime.InteropServices;

internal sealed unsafe class Picture : IDisposable
{
    private uint* _pixels;

    public Picture(int width, int height) => _pixels = (uint*)NativeMemory.AllocZeroed((nuint)(width * height), sizeof(uint));

    public uint First => _pixels[0];

    public Picture Scale(int n) => new(n, n);

    public void Dispose()
    {
        NativeMemory.Free(_pixels);
        _pixels = null;
    }
}

internal sealed class Late : IAsyncDisposable
{
    private nint _block = Marshal.AllocHGlobal(4);

    public nint Block => _block;

    public ValueTask DisposeAsync()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
        return default;
    }
}

internal ref struct Slab
{
    private nint _block;

    public Slab(int size) => _block = Marshal.AllocHGlobal(size);

    public readonly nint Block => _block;

    public void Free()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

internal struct Pair
{
    public nint Left;
    public nint Right;
}

internal sealed class Holder
{
    public nint Block { get; set; }
}

/// <summary>Blocks that lie in objects, members, elements and lists.</summary>
internal static unsafe class Holders
{
    public static uint Object(int n)
    {
        var picture = new Picture(n, n);
        Console.WriteLine(n);
        return picture.First;
    }

    public static uint Made(int n)
    {
        using var picture = new Picture(n, n);
        Picture large = picture.Scale(2); // twice as large
        return large.First;
    }

    public static uint Early(int n)
    {
        var picture = new Picture(n, n);
        if (n > 5) return 1;
        var first = picture.First;
        picture.Dispose();
        return first;
    }

    public static byte Structure(int n)
    {
        var slab = new Slab(n);
        Console.WriteLine(n);
        return Marshal.ReadByte(slab.Block);
    }

    public static int Members(int n)
    {
        Pair pair = default;
        pair.Left = Marshal.AllocHGlobal(n);
        pair.Right = Marshal.AllocHGlobal(n);
        return Marshal.ReadByte(pair.Left) + Marshal.ReadByte(pair.Right);
    }

    public static int Initialized(int n)
    {
        var holder = new Holder { Block = Marshal.AllocHGlobal(n) };
        return Marshal.ReadByte(holder.Block);
    }

    public static int Elements()
    {
        var pair = new byte*[2];
        pair[0] = (byte*)NativeMemory.AllocZeroed(64);
        pair[1] = (byte*)NativeMemory.AllocZeroed(64);
        return pair[0][1] + pair[1][1];
    }

    public static int InArray(int n)
    {
        nint[] blocks = { Marshal.AllocHGlobal(8), Marshal.AllocHGlobal(n) };
        return Marshal.ReadByte(blocks[0]);
    }

    public static int InList()
    {
        var blocks = new List<nint> { Marshal.AllocHGlobal(8) };
        return Marshal.ReadByte(blocks[0]);
    }

    public static int Table(int rows, int columns)
    {
        var table = new nint[rows];
        for (int i = 0; i < rows; i++)
        {
            table[i] = Marshal.AllocHGlobal(columns);
        }

        int total = 0;
        for (int i = 0; i < rows; i++)
            total += Marshal.ReadByte(table[i]);
        return total;
    }

    public static int Handles(object[] targets)
    {
        var handles = new GCHandle[targets.Length];
        for (int i = 0; i < targets.Length; i++)
        {
            handles[i] = GCHandle.Alloc(targets[i]);
        }

        return handles.Length;
    }

    public static void ReleasedInLoop(int rows)
    {
        var table = new nint[rows];
        for (int i = 0; i < rows; i++)
        {
            table[i] = Marshal.AllocHGlobal(64);
        }

        Console.WriteLine(table.Length);
        for (int i = 0; i < rows; i++)
        {
            Marshal.FreeHGlobal(table[i]);
        }
    }

    public static void UnderAnotherCondition(bool wanted, bool finished)
    {
        byte* block = null;
        if (wanted)
        {
            block = (byte*)NativeMemory.Alloc(8);
        }

        if (finished)
        {
            NativeMemory.Free(block);
        }
    }
}

internal static class AsyncHolders
{
    public static async Task<int> Object()
    {
        var late = new Late();
        await Task.Yield();
        return Marshal.ReadInt32(late.Block);
    }
}

/// <summary>Types whose members hold what nobody releases.</summary>
internal sealed class Properties(int n)
{
    public nint Buffer { get; } = Marshal.AllocHGlobal(n);

    public nint Other { get; private set; }

    public void Fill() => Other = 0;
}

internal sealed class Sender : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(100);

    public Sender(Stream stream) => _stream = stream;

    public int Length => _buffer.Length;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}

internal sealed partial class Brief { private nint _p = Marshal.AllocHGlobal(4); public byte Read() => Marshal.ReadByte(_p); }
internal sealed partial class Brief : IDisposable { public void Dispose() { Console.WriteLine("closed"); } }

internal sealed unsafe class Ring : IDisposable
{
    private byte* _data;

    public Ring(int size) => _data = (byte*)NativeMemory.Alloc((nuint)size);

    public void Resize(int size)
    {
        _data = (byte*)NativeMemory.Alloc((nuint)size);
    }

    public void Dispose()
    {
        NativeMemory.Free(_data);
        _data = null;
    }
}

internal static unsafe class AtOnce
{
    public static byte First => *(byte*)NativeMemory.AllocZeroed(1);

    public static byte Third() => ((byte*)NativeMemory.AllocZeroed(8))[2];
}
