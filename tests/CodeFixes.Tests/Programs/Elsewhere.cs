using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace N4;

internal struct Pair
{
    public nint Left;
    public nint Right;
}

internal unsafe struct Node
{
    public byte* Name;
    public Node* Next;
}

internal static class Libc
{
    [DllImport("libc", EntryPoint = "malloc")]
    public static extern nint Malloc(nuint size);

    [DllImport("libc", EntryPoint = "free")]
    public static extern void Free(nint block);
}

// What a call gives otherwise than as its result, and what lies in something else.
internal static unsafe class Places
{
    private static (nint Block, int Size) Make(int size) => (Marshal.AllocHGlobal(size), size);

    private static void Fill(int** target) => *target = (int*)NativeMemory.Alloc(16);

    private static void Fill(ref Pair pair) => pair.Left = Marshal.AllocHGlobal(8);

    private static Pair Create() => new() { Left = Marshal.AllocHGlobal(8) };

    private static (byte[] Buffer, int Count) Rent(int size) => (ArrayPool<byte>.Shared.Rent(size), size);

    private static byte[] RentOne(int size) => ArrayPool<byte>.Shared.Rent(size);

    private static T[] RentMany<T>(int size) => ArrayPool<T>.Shared.Rent(size);

    private static nint Duplicate(int size) => Libc.Malloc((nuint)size);

    static void TakenApart(int n)
    {
        (nint block, int size) = Make(n);
        Marshal.WriteInt32(block, size);
    }

    static void TakenApartAndThrowing(int n)
    {
        (nint block, int size) = Make(n);
        Console.WriteLine(size);
        Marshal.FreeHGlobal(block);
    }

    static int RentedAndTakenApart(int n)
    {
        (byte[] buffer, int count) = Rent(n);
        buffer[0] = 1;
        return count;
    }

    static int BehindAPointer()
    {
        int* p;
        Fill(&p);
        return *p;
    }

    static int InAPart()
    {
        Pair pair = default;
        Fill(ref pair);
        return Marshal.ReadByte(pair.Left);
    }

    static int InWhatIsGiven()
    {
        Pair pair = Create();
        return Marshal.ReadByte(pair.Left);
    }

    static int FromAFactory(Stream stream)
    {
        byte[] chunk = RentOne(64);
        return stream.Read(chunk, 0, 64);
    }

    static int FromAGenericFactory()
    {
        int[] many = RentMany<int>(64);
        return many[0];
    }

    static byte FromAnImportedFunctionBelow()
    {
        nint block = Duplicate(4);
        return Marshal.ReadByte(block);
    }

    static int MayBeMissing(int? size)
    {
        nint? block = size is { } n ? Marshal.AllocHGlobal(n) : null;
        return block is { } b ? Marshal.ReadByte(b) : 0;
    }

    static void InANode(byte first)
    {
        Node* node = (Node*)NativeMemory.AllocZeroed((nuint)sizeof(Node));
        node->Name = (byte*)NativeMemory.Alloc(10);
        *node->Name = first;
        NativeMemory.Free(node);
    }
}

// Variables that get another block while they hold one.
internal static unsafe class Overwritten
{
    static byte[] Growing(Stream stream)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        int used = 0;
        int read;
        while ((read = stream.Read(buffer, used, buffer.Length - used)) > 0)
        {
            used += read;
            if (used == buffer.Length)
            {
                byte[] bigger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                Array.Copy(buffer, bigger, used);
                buffer = bigger;
            }
        }

        byte[] result = buffer[..used];
        ArrayPool<byte>.Shared.Return(buffer);
        return result;
    }

    static void InABranch(bool more)
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        if (more)
        {
            block = (byte*)NativeMemory.Alloc(80);
        }

        *block = 1;
        NativeMemory.Free(block);
    }
}

internal sealed unsafe class Grower : IDisposable
{
    private byte* _bytes;
    private byte[] _array = ArrayPool<byte>.Shared.Rent(16);
    private int _capacity;

    public void Reserve(int capacity)
    {
        if (capacity > _capacity)
        {
            byte* bigger = (byte*)NativeMemory.Alloc((nuint)capacity);
            Buffer.MemoryCopy(_bytes, bigger, capacity, _capacity);
            _bytes = bigger;
            _capacity = capacity;
        }
    }

    public void Grow()
    {
        var bigger = ArrayPool<byte>.Shared.Rent(_array.Length * 2);
        _array.CopyTo(bigger, 0);
        _array = bigger;
    }

    public void Dispose()
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
        ArrayPool<byte>.Shared.Return(_array);
        _array = [];
    }
}

internal sealed class ClearsTooEarly : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(8);

    public void Dispose()
    {
        _block = 0;
        Marshal.FreeHGlobal(_block);
    }
}

internal sealed class Mixed : IDisposable
{
    private nint _block = Marshal.AllocCoTaskMem(8);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

// Uses of what is gone.
internal static unsafe class Gone
{
    static byte AfterUsing(int n)
    {
        Span<byte> span;
        using (IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(n))
        {
            span = owner.Memory.Span;
            span[0] = 1;
        }

        byte first = span[0];
        return first;
    }

    static async Task<int> AfterFinally(Stream stream)
    {
        byte[] header = ArrayPool<byte>.Shared.Rent(8);
        try
        {
            await stream.ReadExactlyAsync(header.AsMemory(0, 8));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(header);
        }

        return header[4];
    }

    static ReadOnlyMemory<byte> ViewGoesOut(Stream stream)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64);
        int read = stream.Read(buffer, 0, 64);
        ReadOnlyMemory<byte> part = buffer.AsMemory(0, read);
        ArrayPool<byte>.Shared.Return(buffer);
        return part;
    }

    static ReadOnlyMemory<byte> ViewGoesOutOfTry(ReadOnlySpan<byte> source)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(source.Length);
        try
        {
            source.CopyTo(buffer);
            return buffer.AsMemory(0, source.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    static nint BlockGoesOutOfTry(Action<nint> fill)
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            fill(block);
            return block;
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    static void OldAddress(nuint wanted)
    {
        byte* block = (byte*)NativeMemory.Alloc(16);
        byte* bigger = (byte*)NativeMemory.Realloc(block, wanted);
        bigger[1] = block[0];
        NativeMemory.Free(bigger);
    }

    private static void Release(nint block) => Marshal.FreeHGlobal(block);

    static void ThroughAHelper()
    {
        nint block = Marshal.AllocHGlobal(8);
        Release(block);
        Marshal.WriteByte(block, 1);
    }

    static int InACondition()
    {
        int* p = (int*)NativeMemory.Alloc(8);
        *p = 3;
        NativeMemory.Free(p);
        if (*p == 3)
        {
            return 1;
        }

        return 0;
    }

    static object? Target(byte[] bytes)
    {
        GCHandle handle = GCHandle.Alloc(bytes);
        handle.Free();
        return handle.Target;
    }
}

// Releases of what is not the start of a block, or no block at all, or by the wrong function.
internal static unsafe class NotThat
{
    private static readonly byte[] Table = new byte[16];

    static void Helpers()
    {
        nint block = Marshal.AllocHGlobal(8);
        void Release() => Marshal.FreeHGlobal(block);
        Release();
        Release();
    }

    static void InALoop(int count)
    {
        nint block = Marshal.AllocHGlobal(8);
        for (int i = 0; i < count; i++)
        {
            Marshal.WriteByte(block, (byte)i);
            Marshal.FreeHGlobal(block);
        }
    }

    static void Constant() => Constant(1);

    static void Constant(int i)
    {
        Console.WriteLine(i);
        Marshal.FreeHGlobal(0x1000);
    }

    static void Variable()
    {
        int number = 3;
        NativeMemory.Free(&number);
    }

    static void PinnedAddress(byte[] bytes)
    {
        GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        nint address = handle.AddrOfPinnedObject();
        Marshal.FreeHGlobal(address);
        handle.Free();
    }

    static void NewArray() => Console.WriteLine(Table.Length);

    static void NewArrayReturned(List<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        ArrayPool<byte>.Shared.Return(copy);
        ArrayPool<byte>.Shared.Return(Table);
    }

    static void Added()
    {
        IntPtr block = Marshal.AllocHGlobal(64);
        IntPtr body = IntPtr.Add(block, 8);
        Marshal.FreeHGlobal(body);
    }

    static void Inside()
    {
        Node* node = (Node*)NativeMemory.Alloc((nuint)sizeof(Node));
        NativeMemory.Free(&node->Next);
    }

    static void Header(int size)
    {
        byte* raw = (byte*)NativeMemory.Alloc((nuint)size + 16);
        byte* user = raw + 16;
        user[0] = 1;
        NativeMemory.Free(user - 8);
    }

    static void OtherReallocation(int wanted)
    {
        nint block = Marshal.AllocHGlobal(16);
        block = Marshal.ReAllocCoTaskMem(block, wanted);
        Marshal.FreeCoTaskMem(block);
    }

    static void OtherReallocationOfPointers(int wanted)
    {
        byte* block = (byte*)NativeMemory.Alloc(16);
        block = (byte*)Marshal.ReAllocHGlobal((nint)block, wanted);
        NativeMemory.Free(block);
    }
}
