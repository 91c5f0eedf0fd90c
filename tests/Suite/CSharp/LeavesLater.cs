// weakness: CWE-416
// construct: memory that leaves in a task, a sequence or a lambda
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Suite.Support;

namespace Cases.LeavesLater;

internal abstract class Channel
{
    public abstract Task PushAsync(ReadOnlyMemory<byte> bytes);
}

internal interface IFilter
{
    void Apply(nint block, int length);
}

internal sealed unsafe class NativePages : MemoryManager<byte>
{
    private readonly int _size;
    private byte* _pages;

    public NativePages(int size)
    {
        _size = size;
        _pages = (byte*)NativeMemory.AllocZeroed((nuint)size);
    }

    public override Span<byte> GetSpan() => new(_pages, _size);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_pages + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        NativeMemory.Free(_pages);
        _pages = null;
    }
}

internal static class Managed
{
    public static byte MemoryBad(int size) // bad: LIFE007
    {
        Memory<byte> memory;
        using (var pages = new NativePages(size))
        {
            memory = pages.Memory;
            memory.Span.Fill(1);
        }

        return memory.Span[0];
    }

    public static byte MemoryGood(int size)
    {
        using IMemoryOwner<byte> pages = new NativePages(size);
        Memory<byte> memory = pages.Memory;
        memory.Span.Fill(1);
        return memory.Span[0];
    }

    public static Task<Memory<byte>> ReturnedBad(int size) // bad: LIFE007
    {
        using var pages = new NativePages(size);
        return Task.FromResult(pages.Memory);
    }

    public static byte[] CopiedGood(int size)
    {
        using var pages = new NativePages(size);
        return pages.Memory.ToArray();
    }

    public static byte LostBad(int size) // bad: LIFE003
    {
        var pages = new NativePages(size);
        return pages.Memory.Span[0];
    }

    public static IMemoryOwner<byte> GivenGood(int size)
    {
        var pages = new NativePages(size);
        pages.Memory.Span.Clear();
        return pages;
    }
}

internal static class Results
{
    public static Task<byte[]> ArrayBad(int length) // bad: LIFE007
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            rented[0] = 7;
            return Task.FromResult(rented);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static Task<byte[]> ArrayGood(int length)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            rented[0] = 7;
            return Task.FromResult(rented.AsSpan(0, length).ToArray());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static ValueTask<Memory<byte>> MemoryBad(int length) // bad: LIFE007
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(length);
        return new ValueTask<Memory<byte>>(owner.Memory);
    }

    public static ValueTask<int> LengthGood(int length)
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(length);
        return new ValueTask<int>(owner.Memory.Length);
    }

    public static Task<IMemoryOwner<byte>> OwnerGood(int length) => Task.FromResult(MemoryPool<byte>.Shared.Rent(length));

    public static async Task<int> TakenGood(int length)
    {
        using IMemoryOwner<byte> owner = await OwnerGood(length);
        return owner.Memory.Length;
    }

    public static async Task<byte> AwaitedGood(int length)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        Task<byte[]> done = Task.FromResult(rented);
        byte first = (await done)[0];
        ArrayPool<byte>.Shared.Return(rented);
        return first;
    }

    public static async Task<byte> AwaitedLateBad(int length) // bad: LIFE007
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        Task<byte[]> done = Task.FromResult(rented);
        ArrayPool<byte>.Shared.Return(rented);
        return (await done)[0];
    }
}

internal static class Pending
{
    public static Task LocalFunctionBad(int length) // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(length);
        try
        {
            return WriteAsync();
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }

        async Task WriteAsync()
        {
            await Task.Yield();
            Marshal.WriteByte(block, 1);
        }
    }

    public static Task LocalFunctionGood(int length)
    {
        nint block = Marshal.AllocHGlobal(length);
        return WriteAsync();

        async Task WriteAsync()
        {
            try
            {
                await Task.Yield();
                Marshal.WriteByte(block, 1);
            }
            finally
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    public static Task BeforeTheFirstAwaitGood(int length)
    {
        nint block = Marshal.AllocHGlobal(length);
        try
        {
            return WriteAsync();
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }

        async Task WriteAsync()
        {
            int first = Marshal.ReadByte(block);
            await Task.Delay(first);
        }
    }

    public static Task NeverReleasedBad(int length) // bad: LIFE003
    {
        nint block = Marshal.AllocHGlobal(length);
        return WriteAsync();

        async Task WriteAsync()
        {
            await Task.Yield();
            Marshal.WriteByte(block, 1);
        }
    }

    public static Task AbstractBad(Channel channel, int length) // bad: LIFE007
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return channel.PushAsync(rented.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static async Task AbstractGood(Channel channel, int length)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await channel.PushAsync(rented.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

internal static class Lazily
{
    public static IEnumerable<int> SelectBad(int count) // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(count);
        try
        {
            return Enumerable.Range(0, count).Select(at => (int)Marshal.ReadByte(block, at));
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static IEnumerable<int> ChainBad(int count) // bad: LIFE007
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(count);
        IEnumerable<int> even = Enumerable.Range(0, count).Where(at => rented[at] % 2 == 0).OrderBy(at => at);
        ArrayPool<byte>.Shared.Return(rented);
        return even;
    }

    public static IEnumerable<int> CollectedGood(int count)
    {
        nint block = Marshal.AllocHGlobal(count);
        try
        {
            return Enumerable.Range(0, count).Select(at => (int)Marshal.ReadByte(block, at)).ToArray();
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static int CountedGood(int count)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(count);
        int even = Enumerable.Range(0, count).Where(at => rented[at] % 2 == 0).Count();
        ArrayPool<byte>.Shared.Return(rented);
        return even;
    }

    public static int SumBad(int count) // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(count);
        IEnumerable<int> bytes = Enumerable.Range(0, count).Select(at => (int)Marshal.ReadByte(block, at));
        Marshal.FreeHGlobal(block);
        return bytes.Sum();
    }
}

internal static class Elsewhere
{
    public static void ParallelBad(int count) // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(count);
        Marshal.FreeHGlobal(block);
        Parallel.For(0, count, at => Marshal.WriteByte(block, at, 0));
    }

    public static void ParallelGood(int count)
    {
        nint block = Marshal.AllocHGlobal(count);
        Parallel.For(0, count, at => Marshal.WriteByte(block, at, 0));
        Marshal.FreeHGlobal(block);
    }

    public static void OneOfTwoBad(int length) // bad: LIFE007
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        Task first = Task.Run(() => rented[0] = 1);
        Task second = Task.Run(() => rented[1] = 1);
        first.Wait();
        ArrayPool<byte>.Shared.Return(rented);
    }

    public static void BothGood(int length)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        Task first = Task.Run(() => rented[0] = 1);
        Task second = Task.Run(() => rented[1] = 1);
        first.Wait();
        second.Wait();
        ArrayPool<byte>.Shared.Return(rented);
    }

    public static void TimerBad(int length) // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(length);
        var timer = new Timer(_ => Marshal.WriteByte(block, 1), null, 10, 10);
        Marshal.FreeHGlobal(block);
        GC.KeepAlive(timer);
    }

    public static void TimerGood(int length)
    {
        nint block = Marshal.AllocHGlobal(length);
        var timer = new Timer(_ => Marshal.WriteByte(block, 1), null, 10, 10);
        Thread.Sleep(100);
        timer.Dispose(new ManualResetEvent(false));
        Marshal.FreeHGlobal(block);
    }

    public static void InterfaceBad(IFilter filter, int length) // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(length);
        _ = Task.Run(() => filter.Apply(block, length));
        Marshal.FreeHGlobal(block);
    }

    public static async Task InterfaceGood(IFilter filter, int length)
    {
        nint block = Marshal.AllocHGlobal(length);
        await Task.Run(() => filter.Apply(block, length));
        Marshal.FreeHGlobal(block);
    }

    public static void CountedGood(IFilter filter, int length)
    {
        nint block = Marshal.AllocHGlobal(length);
        int users = 2;
        _ = Task.Run(() =>
        {
            filter.Apply(block, length);
            if (Interlocked.Decrement(ref users) == 0)
            {
                Marshal.FreeHGlobal(block);
            }
        });
        filter.Apply(block, length);
        if (Interlocked.Decrement(ref users) == 0)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static async Task<int> RaceBad(Stream stream, int length) // bad: LIFE007
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        Task<int> reading = stream.ReadAsync(rented, 0, length);
        Task first = await Task.WhenAny(reading, Task.Delay(100));
        if (first != reading)
        {
            ArrayPool<byte>.Shared.Return(rented);
            return 0;
        }

        int read = await reading;
        ArrayPool<byte>.Shared.Return(rented);
        return read;
    }

    public static async Task<int> RaceGood(Stream stream, int length)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        Task<int> reading = stream.ReadAsync(rented, 0, length);
        if (await Task.WhenAny(reading, Task.Delay(100)) != reading)
        {
            Io.PrintByte(0);
        }

        int read = await reading;
        ArrayPool<byte>.Shared.Return(rented);
        return read;
    }

    public static async Task<int> WonGood(Stream stream, int length)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        Task<int> reading = stream.ReadAsync(rented, 0, length);
        if (await Task.WhenAny(reading, Task.Delay(100)) == reading)
        {
            ArrayPool<byte>.Shared.Return(rented);
            return 1;
        }

        return 0;
    }
}
