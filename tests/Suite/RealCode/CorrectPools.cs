// weakness: none
// construct: correct code, ArrayPool
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Suite.Support;

namespace Cases.RealCode.CorrectPools;

internal static class Copying
{
    public static async Task CopyToAsync(Stream source, Stream target, int size, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            int read;
            while ((read = await source.ReadAsync(new Memory<byte>(buffer), cancellationToken).ConfigureAwait(false)) != 0)
            {
                await target.WriteAsync(new ReadOnlyMemory<byte>(buffer, 0, read), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static int SuccessOnly(Stream source)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(512);
        int read = source.Read(buffer, 0, buffer.Length);
        Io.PrintInt(read);
        ArrayPool<byte>.Shared.Return(buffer);
        return read;
    }

    public static string StackallocOrRent(ReadOnlySpan<byte> utf8)
    {
        char[]? array = null;
        Span<char> chars = utf8.Length <= 128 ? stackalloc char[128] : (array = ArrayPool<char>.Shared.Rent(utf8.Length));
        int written = Encoding.UTF8.GetChars(utf8, chars);
        string text = new(chars[..written]);
        if (array is not null)
        {
            ArrayPool<char>.Shared.Return(array);
        }

        return text;
    }

    public static byte[] RentForCaller(int size)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
        Array.Clear(buffer, 0, size);
        return buffer;
    }

    public static void RentIntoOut(int size, out byte[] buffer, out int length)
    {
        buffer = ArrayPool<byte>.Shared.Rent(size);
        length = size;
    }

    public static void GrowByReference(ref char[] buffer, int used)
    {
        char[] bigger = ArrayPool<char>.Shared.Rent(buffer.Length * 2);
        Array.Copy(buffer, bigger, used);
        ArrayPool<char>.Shared.Return(buffer);
        buffer = bigger;
    }

    public static void GrowByReferenceReturnFirst(ref byte[]? buffer, int wanted)
    {
        byte[]? old = buffer;
        if (old is not null)
        {
            ArrayPool<byte>.Shared.Return(old);
        }

        buffer = ArrayPool<byte>.Shared.Rent(wanted);
    }

    public static ReadOnlyMemory<byte> KeptAsMemory(ReadOnlySpan<byte> source)
    {
        byte[] leased = ArrayPool<byte>.Shared.Rent(source.Length);
        source.CopyTo(leased);
        return new ReadOnlyMemory<byte>(leased, 0, source.Length);
    }

    public static void ReturnMemory(ReadOnlyMemory<byte> memory)
    {
        if (MemoryMarshal.TryGetArray(memory, out ArraySegment<byte> segment) && segment.Array is { } array)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    public static Task SendAsync(Stream stream, int size)
    {
        byte[] leased = ArrayPool<byte>.Shared.Rent(size);
        ValueTask pending = stream.WriteAsync(leased.AsMemory(0, size));
        if (!pending.IsCompletedSuccessfully)
        {
            return Awaited(pending, leased);
        }

        pending.GetAwaiter().GetResult();
        ArrayPool<byte>.Shared.Return(leased);
        return Task.CompletedTask;

        static async Task Awaited(ValueTask pending, byte[] leased)
        {
            await pending.ConfigureAwait(false);
            ArrayPool<byte>.Shared.Return(leased);
        }
    }

    public static IEnumerable<string> Lines(TextReader reader)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(1024);
        int read;
        while ((read = reader.Read(buffer, 0, buffer.Length)) > 0)
        {
            yield return new string(buffer, 0, read);
        }

        ArrayPool<char>.Shared.Return(buffer);
    }

    public static int LazilyInLoop(IEnumerable<string> texts)
    {
        byte[]? scratch = null;
        int total = 0;
        foreach (string text in texts)
        {
            int needed = Encoding.UTF8.GetMaxByteCount(text.Length);
            if (scratch is null || scratch.Length < needed)
            {
                if (scratch is not null)
                {
                    ArrayPool<byte>.Shared.Return(scratch);
                }

                scratch = ArrayPool<byte>.Shared.Rent(needed);
            }

            total += Encoding.UTF8.GetBytes(text, scratch);
        }

        if (scratch is not null)
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }

        return total;
    }

    public static void IntoConstructor(int size)
    {
        using var lease = new Lease(ArrayPool<byte>.Shared.Rent(size), size);
        lease.Memory.Span.Clear();
    }

    public static void IntoCollection(List<byte[]> chunks, int size) => chunks.Add(ArrayPool<byte>.Shared.Rent(size));

    public static void CollectionGivenBack(List<byte[]> chunks)
    {
        foreach (byte[] chunk in chunks)
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        chunks.Clear();
    }

    public static void IntoOtherObject(Frame frame, int size)
    {
        frame.Payload = ArrayPool<byte>.Shared.Rent(size);
        frame.Length = size;
    }

    public static async Task TimeoutLeavesBufferToTheCollector(Stream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64);
        Task<int> pending = stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken);
        Task first = await Task.WhenAny(pending, Task.Delay(1000, cancellationToken));
        if (first != pending)
        {
            throw new TimeoutException();
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static string WithLocalPool(int length, Func<char[], int, int> format)
    {
        ArrayPool<char> pool = ArrayPool<char>.Shared;
        char[] buffer = pool.Rent(length);
        int written;
        while ((written = format(buffer, buffer.Length)) < 0)
        {
            int size = buffer.Length * 2;
            pool.Return(buffer);
            buffer = pool.Rent(size);
        }

        string text = new(buffer, 0, written);
        pool.Return(buffer);
        return text;
    }

    internal sealed class Frame
    {
        public byte[]? Payload { get; set; }

        public int Length { get; set; }
    }

    internal sealed class Lease : IDisposable
    {
        private byte[]? _array;
        private readonly int _length;

        public Lease(byte[] array, int length)
        {
            _array = array;
            _length = length;
        }

        public Memory<byte> Memory => _array.AsMemory(0, _length);

        public void Dispose()
        {
            byte[]? array = Interlocked.Exchange(ref _array, null);
            if (array is not null)
            {
                ArrayPool<byte>.Shared.Return(array);
            }
        }
    }
}

internal sealed class BufferWriter : IBufferWriter<byte>, IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(256);
    private int _written;

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Resize(Math.Max(1, sizeHint));
        return _buffer.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Resize(Math.Max(1, sizeHint));
        return _buffer.AsSpan(_written);
    }

    public void Dispose()
    {
        if (_buffer.Length == 0)
        {
            return;
        }

        byte[] buffer = _buffer;
        _buffer = Array.Empty<byte>();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Resize(int hint)
    {
        if (_buffer.Length - _written >= hint)
        {
            return;
        }

        byte[] old = _buffer;
        _buffer = ArrayPool<byte>.Shared.Rent(old.Length + hint);
        old.AsSpan(0, _written).CopyTo(_buffer);
        ArrayPool<byte>.Shared.Return(old);
    }
}

internal static class Negotiation
{
    public static async Task AnswerOutlivesTheBufferGood(System.Net.Security.NegotiateAuthentication authentication, Stream stream)
    {
        while (true)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(256);
            int read = await stream.ReadAsync(buffer).ConfigureAwait(false);
            byte[]? answer = authentication.GetOutgoingBlob(buffer.AsSpan(0, read), out var status);
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            if (answer is null || status == System.Net.Security.NegotiateAuthenticationStatusCode.Completed)
            {
                break;
            }

            await SendAsync(stream, answer).ConfigureAwait(false);
        }
    }

    private static async ValueTask SendAsync(Stream stream, byte[] answer) => await stream.WriteAsync(answer).ConfigureAwait(false);
}

internal sealed class PooledOwner : IMemoryOwner<byte>
{
    private byte[]? _array;

    public PooledOwner(int size) => _array = ArrayPool<byte>.Shared.Rent(size);

    public Memory<byte> Memory => _array ?? throw new ObjectDisposedException(nameof(PooledOwner));

    public void Dispose()
    {
        if (_array is { } array)
        {
            _array = null;
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
