// weakness: mixed
// construct: network framing, length prefixes, growing buffers
using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Strangers.Framing;

internal sealed class FrameReader : IDisposable
{
    private readonly Stream _stream;
    private byte[] _buffer;
    private int _start;
    private int _end;

    public FrameReader(Stream stream, int initial)
    {
        _stream = stream;
        _buffer = ArrayPool<byte>.Shared.Rent(initial);
    }

    public ReadOnlySpan<byte> Current => _buffer.AsSpan(_start, _end - _start);

    public bool Fill(int wanted)
    {
        while (_end - _start < wanted)
        {
            if (_buffer.Length - _start < wanted)
            {
                MakeRoom(wanted);
            }

            int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }

    public bool TryReadFrame(out byte[]? frame, out int length)
    {
        frame = null;
        length = 0;
        if (!Fill(4))
        {
            return false;
        }

        length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start));
        if (length < 0 || !Fill(4 + length))
        {
            return false;
        }

        frame = ArrayPool<byte>.Shared.Rent(length);
        _buffer.AsSpan(_start + 4, length).CopyTo(frame);
        _start += 4 + length;
        return true;
    }

    public void Dispose()
    {
        byte[] buffer = _buffer;
        _buffer = Array.Empty<byte>();
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void MakeRoom(int wanted)
    {
        int used = _end - _start;
        if (wanted <= _buffer.Length)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, used);
        }
        else
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, _buffer.Length * 2));
            Buffer.BlockCopy(_buffer, _start, larger, 0, used);
            byte[] old = _buffer;
            _buffer = larger;
            ArrayPool<byte>.Shared.Return(old);
        }

        _start = 0;
        _end = used;
    }
}

internal static class Frames
{
    public static int SumFramesGood(Stream stream)
    {
        int sum = 0;
        using var reader = new FrameReader(stream, 256);
        while (reader.TryReadFrame(out byte[]? frame, out int length))
        {
            for (int i = 0; i < length; i++)
            {
                sum += frame![i];
            }

            ArrayPool<byte>.Shared.Return(frame!);
        }

        return sum;
    }

    public static int SumFramesBad(Stream stream) // bad: LIFE003|LIFE004|LIFE016
    {
        int sum = 0;
        using var reader = new FrameReader(stream, 256);
        while (reader.TryReadFrame(out byte[]? frame, out int length))
        {
            for (int i = 0; i < length; i++)
            {
                sum += frame![i];
            }
        }

        return sum;
    }

    public static int CountUntilEmptyGood(Stream stream)
    {
        using var reader = new FrameReader(stream, 256);
        int count = 0;
        while (reader.TryReadFrame(out byte[]? frame, out int length))
        {
            bool isEmpty = length == 0;
            ArrayPool<byte>.Shared.Return(frame!);
            if (isEmpty)
            {
                break;
            }

            count++;
        }

        return count;
    }

    public static int CountUntilEmptyBad(Stream stream) // bad: LIFE016|LIFE004
    {
        using var reader = new FrameReader(stream, 256);
        int count = 0;
        while (reader.TryReadFrame(out byte[]? frame, out int length))
        {
            if (length == 0)
            {
                break;
            }

            count++;
            ArrayPool<byte>.Shared.Return(frame!);
        }

        return count;
    }

    public static void EchoGood(Socket socket)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            int received;
            while ((received = socket.Receive(buffer)) > 0)
            {
                socket.Send(buffer, 0, received, SocketFlags.None);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static void EchoTwiceBad(Socket socket) // bad: LIFE006
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            int received = socket.Receive(buffer);
            if (received == 0)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                return;
            }

            socket.Send(buffer, 0, received, SocketFlags.None);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static async Task<int> ReadHeaderGood(Stream stream, CancellationToken token)
    {
        byte[] header = ArrayPool<byte>.Shared.Rent(8);
        try
        {
            await stream.ReadExactlyAsync(header.AsMemory(0, 8), token);
            return BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(header);
        }
    }

    public static async Task<int> ReadHeaderBad(Stream stream, CancellationToken token) // bad: LIFE007
    {
        byte[] header = ArrayPool<byte>.Shared.Rent(8);
        try
        {
            await stream.ReadExactlyAsync(header.AsMemory(0, 8), token);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(header);
        }

        return BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4));
    }

    public static ReadOnlyMemory<byte> CopyOutGood(Stream stream)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64);
        int read = stream.Read(buffer, 0, 64);
        ReadOnlyMemory<byte> copy = buffer.AsSpan(0, read).ToArray();
        ArrayPool<byte>.Shared.Return(buffer);
        return copy;
    }

    public static ReadOnlyMemory<byte> CopyOutBad(Stream stream) // bad: LIFE007
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64);
        int read = stream.Read(buffer, 0, 64);
        ReadOnlyMemory<byte> part = buffer.AsMemory(0, read);
        ArrayPool<byte>.Shared.Return(buffer);
        return part;
    }

    public static IMemoryOwner<byte>? ReadBlockGood(Stream stream, int length)
    {
        if (length <= 0)
        {
            return null;
        }

        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(length);
        bool done = false;
        try
        {
            stream.ReadExactly(owner.Memory.Span[..length]);
            done = true;
            return owner;
        }
        finally
        {
            if (!done)
            {
                owner.Dispose();
            }
        }
    }

    public static IMemoryOwner<byte>? ReadBlockBad(Stream stream, int length) // bad: LIFE016|LIFE004
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(length);
        int read = stream.Read(owner.Memory.Span);
        if (read < length)
        {
            return null;
        }

        return owner;
    }

    public static void QueueUpGood(Queue<byte[]> queue, Stream stream)
    {
        for (int i = 0; i < 4; i++)
        {
            byte[] chunk = ArrayPool<byte>.Shared.Rent(128);
            if (stream.Read(chunk, 0, 128) == 0)
            {
                ArrayPool<byte>.Shared.Return(chunk);
                return;
            }

            queue.Enqueue(chunk);
        }
    }

    public static void QueueUpBad(Queue<byte[]> queue, Stream stream) // bad: LIFE016|LIFE004
    {
        for (int i = 0; i < 4; i++)
        {
            byte[] chunk = ArrayPool<byte>.Shared.Rent(128);
            if (stream.Read(chunk, 0, 128) == 0)
            {
                return;
            }

            queue.Enqueue(chunk);
        }
    }

    public static void DrainGood(Queue<byte[]> queue)
    {
        while (queue.TryDequeue(out byte[]? chunk))
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    public static int VarIntGood(Stream stream)
    {
        byte[]? large = null;
        Span<byte> bytes = stackalloc byte[16];
        int count = stream.ReadByte();
        if (count > 16)
        {
            bytes = large = ArrayPool<byte>.Shared.Rent(count);
        }

        stream.ReadExactly(bytes[..count]);
        int value = 0;
        foreach (byte b in bytes[..count])
        {
            value = (value << 7) | (b & 0x7F);
        }

        if (large is not null)
        {
            ArrayPool<byte>.Shared.Return(large);
        }

        return value;
    }

    public static int VarIntBad(Stream stream) // bad: LIFE016|LIFE004
    {
        byte[]? large = null;
        Span<byte> bytes = stackalloc byte[16];
        int count = stream.ReadByte();
        if (count > 16)
        {
            bytes = large = ArrayPool<byte>.Shared.Rent(count);
        }

        stream.ReadExactly(bytes[..count]);
        int value = 0;
        foreach (byte b in bytes[..count])
        {
            if (b == 0)
            {
                return value;
            }

            value = (value << 7) | (b & 0x7F);
        }

        if (large is not null)
        {
            ArrayPool<byte>.Shared.Return(large);
        }

        return value;
    }

    public static void SplitHeaderGood(ReadOnlySequence<byte> input, Action<ReadOnlySpan<byte>> sink)
    {
        if (input.IsSingleSegment)
        {
            sink(input.FirstSpan);
            return;
        }

        int length = checked((int)input.Length);
        byte[] joined = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            input.CopyTo(joined);
            sink(joined.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined, clearArray: true);
        }
    }

    public static void SplitHeaderBad(ReadOnlySequence<byte> input, Action<byte[]> sink) // bad: LIFE003
    {
        int length = checked((int)input.Length);
        byte[] joined = ArrayPool<byte>.Shared.Rent(length);
        input.CopyTo(joined);
        for (int i = 0; i < length; i++)
        {
            if (joined[i] == (byte)'\n')
            {
                Console.WriteLine(i);
            }
        }
    }
}
