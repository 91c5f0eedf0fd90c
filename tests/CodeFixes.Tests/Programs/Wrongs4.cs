using System.Buffers;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace N4;

internal sealed class Kept(nint block) : IDisposable
{
    public nint Block { get; } = block;

    public void Dispose() => Marshal.FreeHGlobal(Block);
}

internal sealed unsafe class Grown : IDisposable
{
    private byte* _data;

    public void Reserve(int size) => _data = (byte*)NativeMemory.Realloc(_data, (nuint)size);

    public void Dispose()
    {
        NativeMemory.Free(_data);
        _data = null;
    }
}

internal static unsafe class Wrong
{
    private static readonly Channel<IMemoryOwner<byte>> s_channel = Channel.CreateUnbounded<IMemoryOwner<byte>>();

    private static bool TryTake(int size, out nint block)
    {
        block = size > 0 ? Marshal.AllocHGlobal(size) : 0;
        return block != 0;
    }

    public static void Sentinel(int size)
    {
        nint block = -1;
        if (size > 0)
        {
            block = Marshal.AllocHGlobal(size);
        }

        if (block == -1)
        {
            return;
        }

        if (size > 1024)
            return;

        Marshal.FreeHGlobal(block);
    }

    public static async Task Given(Stream input)
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(64);
        await input.ReadAsync(owner.Memory);
        await s_channel.Writer.WriteAsync(owner);
        owner.Dispose();
    }

    public static async Task GivenByUsing(Stream input)
    {
        using var owner = MemoryPool<byte>.Shared.Rent(64);
        await input.ReadAsync(owner.Memory);
        await s_channel.Writer.WriteAsync(owner);
    }

    public static void Started(byte[] data)
    {
        nint block = Marshal.AllocHGlobal(data.Length);
        _ = Task.Run(() => Marshal.Copy(data, 0, block, data.Length));
        Marshal.FreeHGlobal(block);
    }

    public static void StartedBlock(byte[] data)
    {
        nint block = Marshal.AllocHGlobal(data.Length);
        Task.Run(() =>
        {
            Marshal.Copy(data, 0, block, data.Length);
            Console.WriteLine(block);
        });
        Marshal.FreeHGlobal(block);
    }

    public static void StartedAsync(Stream stream)
    {
        nint block = Marshal.AllocHGlobal(4);
        _ = Task.Run(async () => Marshal.WriteInt32(block, await stream.ReadAsync(new byte[4])));
        Marshal.FreeHGlobal(block);
    }

    public static byte** Copies(byte** texts, int count)
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

    public static int AsObject(int size)
    {
        object buffer = ArrayPool<byte>.Shared.Rent(size);
        return buffer.GetHashCode();
    }

    public static nint ThrownBefore(int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        if (size > 100)
            throw new ArgumentException(nameof(size));

        return block;
    }

    public static Kept InObject(int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        try
        {
            Console.WriteLine(size);
            return new Kept(block);
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static byte* Behind(int size)
    {
        byte* text = null;
        void* block = NativeMemory.Alloc((nuint)size);
        try
        {
            Console.WriteLine(size);
            text = (byte*)block;
        }
        finally
        {
            NativeMemory.Free(block);
        }

        return text;
    }

    public static void TurnedRound(object? target)
    {
        GCHandle handle = default;
        if (target is not null)
        {
            handle = GCHandle.Alloc(target);
        }

        Console.WriteLine("working");
        if (!handle.IsAllocated)
        {
            handle.Free();
        }
    }

    public static void Both(int first, int second)
    {
        if (TryTake(first, out nint left) && TryTake(second, out nint right))
        {
            Marshal.WriteByte(left, Marshal.ReadByte(right));
            Marshal.FreeHGlobal(right);
            Marshal.FreeHGlobal(left);
        }
    }

    public static int InCases(int size)
    {
        switch (TryTake(size, out nint block))
        {
            case true when size > 10:
                Marshal.FreeHGlobal(block);
                return 1;
            default:
                return 0;
        }
    }

    public static void Receiver(int size)
    {
        var grown = new Grown();
        grown.Reserve(size);
        if (size > 10)
        {
            return;
        }

        grown.Dispose();
    }
}
