// weakness: mixed
// construct: odd but ordinary shapes of correct and incorrect code
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Strangers.Shapes;

internal ref struct TextBuilder
{
    private char[]? _rented;
    private Span<char> _chars;
    private int _length;

    public TextBuilder(Span<char> initial)
    {
        _rented = null;
        _chars = initial;
        _length = 0;
    }

    public void Append(char c)
    {
        if (_length == _chars.Length)
        {
            Grow(1);
        }

        _chars[_length++] = c;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _chars.Length - _length)
        {
            Grow(text.Length);
        }

        text.CopyTo(_chars[_length..]);
        _length += text.Length;
    }

    public override string ToString()
    {
        string text = _chars[.._length].ToString();
        Dispose();
        return text;
    }

    public void Dispose()
    {
        char[]? rented = _rented;
        this = default;
        if (rented != null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int additional)
    {
        char[] larger = ArrayPool<char>.Shared.Rent(Math.Max(_length + additional, _chars.Length * 2));
        _chars[.._length].CopyTo(larger);
        char[]? old = _rented;
        _chars = _rented = larger;
        if (old != null)
        {
            ArrayPool<char>.Shared.Return(old);
        }
    }
}

internal static class BufferExtensions
{
    public static void ReturnTo(this byte[] buffer, ArrayPool<byte> pool) => pool.Return(buffer);

    public static void ReturnAndClear(this ArrayPool<byte> pool, ref byte[]? buffer)
    {
        byte[]? local = buffer;
        buffer = null;
        if (local is not null)
        {
            pool.Return(local);
        }
    }

    public static byte[] RentAtLeast(this ArrayPool<byte> pool, int size) => pool.Rent(Math.Max(size, 16));

    public static void Resize(this ArrayPool<byte> pool, ref byte[] buffer, int size)
    {
        byte[] larger = pool.Rent(size);
        buffer.AsSpan().CopyTo(larger);
        byte[] old = buffer;
        buffer = larger;
        pool.Return(old);
    }
}

internal readonly record struct Slice(byte[] Array, int Offset, int Count)
{
    public void Free() => ArrayPool<byte>.Shared.Return(Array);
}

internal sealed class Message : IDisposable
{
    private IMemoryOwner<byte>? _body;

    public Message(int size) => _body = MemoryPool<byte>.Shared.Rent(size);

    private Message(IMemoryOwner<byte> body) => _body = body;

    public ReadOnlyMemory<byte> Body => (_body ?? throw new ObjectDisposedException(nameof(Message))).Memory;

    public Message TakeOver()
    {
        IMemoryOwner<byte> body = _body ?? throw new ObjectDisposedException(nameof(Message));
        _body = null;
        return new Message(body);
    }

    public void Dispose()
    {
        _body?.Dispose();
        _body = null;
    }
}

internal static class Shapes
{
    private static readonly ArrayPool<byte> Mine = ArrayPool<byte>.Create();
    [ThreadStatic]
    private static byte[]? t_cached;

    public static string JoinGood(string[] words)
    {
        var builder = new TextBuilder(stackalloc char[64]);
        foreach (string word in words)
        {
            builder.Append(word);
            builder.Append(' ');
        }

        return builder.ToString();
    }

    public static string JoinConditionalGood(string[] words, bool upper)
    {
        var builder = new TextBuilder(stackalloc char[64]);
        try
        {
            for (int i = 0; i < words.Length; i++)
            {
                if (i > 0)
                {
                    builder.Append(',');
                }

                builder.Append(upper ? words[i].ToUpperInvariant() : words[i]);
            }

            return builder.ToString();
        }
        finally
        {
            builder.Dispose();
        }
    }

    public static void ExtensionReturnGood(int size)
    {
        byte[] buffer = Mine.RentAtLeast(size);
        buffer[0] = 1;
        buffer.ReturnTo(Mine);
    }

    public static void ExtensionReturnBad(int size) // bad: LIFE006
    {
        byte[] buffer = Mine.RentAtLeast(size);
        buffer.ReturnTo(Mine);
        Mine.Return(buffer);
    }

    public static void RefClearGood(int size)
    {
        byte[]? buffer = ArrayPool<byte>.Shared.Rent(size);
        ArrayPool<byte>.Shared.ReturnAndClear(ref buffer);
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static void WrongPoolBad(int size) // bad: LIFE008
    {
        ArrayPool<byte> pool = ArrayPool<byte>.Create();
        byte[] buffer = pool.Rent(size);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void ResizeGood(int size, Stream source)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
        int total = 0;
        while (true)
        {
            int read = source.Read(buffer, total, buffer.Length - total);
            if (read == 0)
            {
                break;
            }

            total += read;
            if (total == buffer.Length)
            {
                ArrayPool<byte>.Shared.Resize(ref buffer, total * 2);
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void ResizeStaleBad(int size) // bad: LIFE007
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
        Span<byte> view = buffer;
        ArrayPool<byte>.Shared.Resize(ref buffer, size * 2);
        view[0] = 1;
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void SliceGood(int size)
    {
        var slice = new Slice(ArrayPool<byte>.Shared.Rent(size), 0, size);
        slice.Array[slice.Offset] = 1;
        slice.Free();
    }

    public static void SliceTwiceBad(int size) // bad: LIFE006
    {
        var slice = new Slice(ArrayPool<byte>.Shared.Rent(size), 0, size);
        Slice tail = slice with { Offset = 4 };
        slice.Free();
        tail.Free();
    }

    public static void ThreadCacheGood(int size)
    {
        byte[] buffer = t_cached ?? ArrayPool<byte>.Shared.Rent(size);
        t_cached = null;
        buffer[0]++;
        if (buffer.Length <= 4096)
        {
            t_cached = buffer;
        }
        else
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static void MessageGood(int size)
    {
        using var message = new Message(size);
        using Message moved = message.TakeOver();
        Console.WriteLine(moved.Body.Length);
    }

    public static void MessageLostBad(int size) // bad: LIFE003|LIFE004|LIFE016
    {
        using var message = new Message(size);
        Message moved = message.TakeOver();
        Console.WriteLine(moved.Body.Length);
    }

    public static byte[] HashGood(ReadOnlySpan<char> text)
    {
        int max = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = null;
        Span<byte> bytes = max <= 256 ? stackalloc byte[256] : (rented = ArrayPool<byte>.Shared.Rent(max));
        try
        {
            int count = Encoding.UTF8.GetBytes(text, bytes);
            return SHA256.HashData(bytes[..count]);
        }
        finally
        {
            if (rented is { } array)
            {
                CryptographicOperations.ZeroMemory(array);
                ArrayPool<byte>.Shared.Return(array);
            }
        }
    }

    public static byte[] HashBad(ReadOnlySpan<char> text) // bad: LIFE003|LIFE016
    {
        int max = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = null;
        Span<byte> bytes = max <= 256 ? stackalloc byte[256] : (rented = ArrayPool<byte>.Shared.Rent(max));
        int count = Encoding.UTF8.GetBytes(text, bytes);
        return SHA256.HashData(bytes[..count]);
    }

    public static bool ParseNumberGood(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        nint scratch = 0;
        try
        {
            if (text.Length > 20)
            {
                return false;
            }

            scratch = Marshal.AllocHGlobal(text.Length * 2);
            return long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);
        }
        finally
        {
            if (scratch != 0)
            {
                Marshal.FreeHGlobal(scratch);
            }
        }
    }

    public static void LoopWithFlagGood(Stream source)
    {
        byte[]? pending = null;
        bool hasPending = false;
        for (int i = 0; i < 8; i++)
        {
            if (!hasPending)
            {
                pending = ArrayPool<byte>.Shared.Rent(16);
                hasPending = true;
            }

            if (source.Read(pending!, 0, 16) == 16)
            {
                ArrayPool<byte>.Shared.Return(pending!);
                hasPending = false;
            }
        }

        if (hasPending)
        {
            ArrayPool<byte>.Shared.Return(pending!);
        }
    }

    public static void LoopWithFlagBad(Stream source) // bad: LIFE016|LIFE004
    {
        byte[]? pending = null;
        bool hasPending = false;
        for (int i = 0; i < 8; i++)
        {
            if (!hasPending)
            {
                pending = ArrayPool<byte>.Shared.Rent(16);
                hasPending = true;
            }

            if (source.Read(pending!, 0, 16) == 16)
            {
                ArrayPool<byte>.Shared.Return(pending!);
                hasPending = false;
            }
        }
    }

    public static unsafe void SentinelGood(int count)
    {
        const int Invalid = -1;
        nint handle = Invalid;
        if (count > 0)
        {
            handle = Marshal.AllocHGlobal(count);
        }

        if (handle != Invalid)
        {
            Marshal.FreeHGlobal(handle);
        }
    }

    public static void SelectGood(int mode)
    {
        nint a = Marshal.AllocHGlobal(4);
        nint b = Marshal.AllocHGlobal(4);
        nint keep = mode == 0 ? a : b;
        nint drop = mode == 0 ? b : a;
        Marshal.FreeHGlobal(drop);
        Marshal.WriteByte(keep, 1);
        Marshal.FreeHGlobal(keep);
    }

    public static void SelectBad(int mode) // bad: LIFE006, LIFE004|LIFE003, LIFE004|LIFE003
    {
        nint a = Marshal.AllocHGlobal(4);
        nint b = Marshal.AllocHGlobal(4);
        nint keep = mode == 0 ? a : b;
        nint drop = mode == 0 ? a : b;
        Marshal.FreeHGlobal(drop);
        Marshal.FreeHGlobal(keep);
    }

    public static void DelegateListGood()
    {
        var cleanup = new List<Action>();
        nint a = Marshal.AllocHGlobal(4);
        cleanup.Add(() => Marshal.FreeHGlobal(a));
        nint b = Marshal.AllocHGlobal(4);
        cleanup.Add(() => Marshal.FreeHGlobal(b));
        foreach (Action action in cleanup)
        {
            action();
        }
    }

    public static void DeferGood(Stream stream)
    {
        nint a = Marshal.AllocHGlobal(4);
        Action free = () => Marshal.FreeHGlobal(a);
        try
        {
            stream.Flush();
        }
        finally
        {
            free();
        }
    }

    public static void DeferTwiceBad(Stream stream) // bad: LIFE006
    {
        nint a = Marshal.AllocHGlobal(4);
        Action free = () => Marshal.FreeHGlobal(a);
        free();
        free();
    }

    public static void LockedGood(object gate)
    {
        nint block;
        lock (gate)
        {
            block = Marshal.AllocHGlobal(4);
        }

        try
        {
            lock (gate)
            {
                Marshal.WriteByte(block, 1);
            }
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static async Task<byte[]> ReadAllGood(Stream stream, CancellationToken token)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1024);
        using var target = new MemoryStream();
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, token).ConfigureAwait(false)) != 0)
            {
                target.Write(buffer, 0, read);
            }

            return target.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static async ValueTask CopyGood(Stream source, Stream target, IMemoryOwner<byte> owner)
    {
        using (owner)
        {
            int read = await source.ReadAsync(owner.Memory);
            await target.WriteAsync(owner.Memory[..read]);
        }
    }

    public static async ValueTask CopyBad(Stream source, Stream target) // bad: LIFE007
    {
        Memory<byte> memory;
        using (IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(64))
        {
            memory = owner.Memory;
            await source.ReadAsync(memory);
        }

        await target.WriteAsync(memory);
    }

    public static MemoryStream StreamOverBad(int size) // bad: LIFE007
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
        var stream = new MemoryStream(buffer, 0, size);
        ArrayPool<byte>.Shared.Return(buffer);
        return stream;
    }

    public static MemoryStream StreamOverGood(int size)
    {
        byte[] buffer = new byte[size];
        return new MemoryStream(buffer, 0, size);
    }

    public static void NotRentedBad(int size) // bad: LIFE009
    {
        byte[] buffer = size > 1024 ? new byte[size] : GC.AllocateUninitializedArray<byte>(1024);
        buffer[0] = 1;
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void SometimesRentedGood(int size)
    {
        bool isRented = size > 1024;
        byte[] buffer = isRented ? ArrayPool<byte>.Shared.Rent(size) : new byte[size];
        buffer[0] = 1;
        if (isRented)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static void SometimesRentedBad(int size) // bad: LIFE009, LIFE003|LIFE016
    {
        bool isRented = size > 1024;
        byte[] buffer = isRented ? ArrayPool<byte>.Shared.Rent(size) : new byte[size];
        buffer[0] = 1;
        if (!isRented)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static int GuardClauseGood(int? size)
    {
        if (size is not { } wanted)
        {
            return -1;
        }

        nint block = Marshal.AllocHGlobal(wanted);
        if (block is 0)
        {
            return -2;
        }

        Marshal.FreeHGlobal(block);
        return 0;
    }

    public static void ExceptionFilterGood(Stream stream)
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            stream.Flush();
        }
        catch (IOException e) when (e.HResult == 5)
        {
            Marshal.FreeHGlobal(block);
            throw;
        }
        catch
        {
            Marshal.FreeHGlobal(block);
            throw;
        }

        Marshal.FreeHGlobal(block);
    }

    public static void ExceptionFilterBad(Stream stream) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            stream.Flush();
            Marshal.FreeHGlobal(block);
        }
        catch (IOException)
        {
            Console.WriteLine("failed");
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void SwallowedBad(Stream stream) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            stream.Flush();
            Marshal.FreeHGlobal(block);
        }
        catch (IOException)
        {
            Console.WriteLine("failed");
        }
    }

    public static void TwoPhaseGood(Socket socket)
    {
        byte[]? header = null;
        byte[]? body = null;
        try
        {
            header = ArrayPool<byte>.Shared.Rent(8);
            socket.Receive(header, 8, SocketFlags.None);
            body = ArrayPool<byte>.Shared.Rent(header[0]);
            socket.Receive(body, header[0], SocketFlags.None);
        }
        finally
        {
            if (body != null)
            {
                ArrayPool<byte>.Shared.Return(body);
            }

            if (header != null)
            {
                ArrayPool<byte>.Shared.Return(header);
            }
        }
    }

    public static async Task PipeGood(PipeReader reader, Action<byte[], int> sink)
    {
        while (true)
        {
            ReadResult result = await reader.ReadAsync();
            ReadOnlySequence<byte> buffer = result.Buffer;
            int length = (int)Math.Min(buffer.Length, 256);
            byte[] copy = ArrayPool<byte>.Shared.Rent(length);
            buffer.Slice(0, length).CopyTo(copy);
            sink(copy, length);
            ArrayPool<byte>.Shared.Return(copy);
            reader.AdvanceTo(buffer.GetPosition(length));
            if (result.IsCompleted)
            {
                break;
            }
        }

        await reader.CompleteAsync();
    }

    public static void DoWhileGood(int n)
    {
        nint block;
        do
        {
            block = Marshal.AllocHGlobal(n);
            if (Marshal.ReadByte(block) == 0)
            {
                break;
            }

            Marshal.FreeHGlobal(block);
            n--;
        }
        while (true);
        Marshal.FreeHGlobal(block);
    }

    public static void DoWhileBad(int n) // bad: LIFE004|LIFE003
    {
        nint block;
        do
        {
            block = Marshal.AllocHGlobal(n);
            if (Marshal.ReadByte(block) == 0)
            {
                break;
            }

            n--;
        }
        while (true);
        Marshal.FreeHGlobal(block);
    }

    public static void ContinueBad(int[] sizes) // bad: LIFE004|LIFE003
    {
        foreach (int size in sizes)
        {
            nint block = Marshal.AllocHGlobal(size);
            if (size % 2 == 0)
            {
                continue;
            }

            Marshal.FreeHGlobal(block);
        }
    }

    public static void AssertGood(int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        Debug.Assert(block != 0, "no block");
        Marshal.FreeHGlobal(block);
    }

    public static void NestedUsingGood(int size)
    {
        using IMemoryOwner<byte> a = MemoryPool<byte>.Shared.Rent(size);
        using IMemoryOwner<byte> b = MemoryPool<byte>.Shared.Rent(size);
        a.Memory.Span[0] = b.Memory.Span[0];
    }

    public static void UsingAliasBad(int size) // bad: LIFE007
    {
        IMemoryOwner<byte> a = MemoryPool<byte>.Shared.Rent(size);
        using (a)
        {
            a.Memory.Span[0] = 1;
        }

        a.Memory.Span[0] = 2;
    }
}
