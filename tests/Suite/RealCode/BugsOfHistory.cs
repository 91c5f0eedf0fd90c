// weakness: mixed
// construct: real bugs, the shapes of mistakes that projects have mended
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Cases.RealCode.BugsOfHistory;

internal sealed class Slot
{
    internal unsafe double* Value;

    public double Initial { get; set; }
}

/// <summary>One allocator fills the field, the release of another empties it.</summary>
internal sealed class SharedSlots : IDisposable
{
    private readonly List<Slot> _slots = new();
    private unsafe double* _values;

    public unsafe void Initialize()
    {
        nuint size = (nuint)(_slots.Count * sizeof(double));
        _values = (double*)NativeMemory.AlignedAlloc(size, 64);
        double* next = _values;
        foreach (Slot slot in _slots)
        {
            slot.Value = next;
            *next++ = slot.Initial;
        }
    }

    public unsafe void Dispose() // bad: LIFE008
    {
        if (_values != null)
        {
            NativeMemory.Free(_values);
            _values = null;
        }
    }
}

/// <summary>The buffer of an enumerator outlives its enumeration.</summary>
internal sealed class Messages : IAsyncEnumerator<int>
{
    private readonly WebSocket _socket;
    private readonly byte[] _buffer;

    public Messages(WebSocket socket) // bad: LIFE013|LIFE016
    {
        _socket = socket;
        _buffer = ArrayPool<byte>.Shared.Rent(18 * 1024);
    }

    public int Current { get; private set; }

    public async ValueTask<bool> MoveNextAsync()
    {
        WebSocketReceiveResult result = await _socket.ReceiveAsync(new ArraySegment<byte>(_buffer), CancellationToken.None);
        Current = result.Count;
        return !result.CloseStatus.HasValue;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return default;
    }
}

internal interface ILoadable
{
    void Load(ReadOnlySpan<byte> data);
}

internal static unsafe class Omitted
{
    [DllImport("native")]
    private static extern int read_values(int index, byte* data, uint size);

    [DllImport("native")]
    private static extern int sync_copy(nint array, nint data, uint count);

    [DllImport("native")]
    private static extern int socket_option(nint socket, int option, nint value, int size);

    [DllImport("native")]
    private static extern uint read_table(nint buffer, uint* size);

    [DllImport("native")]
    private static extern int query(void* target, int* size);

    public static T LoadBad<T>(int size) // bad: LIFE003|LIFE016
        where T : unmanaged, ILoadable
    {
        if (size == 0)
        {
            return default;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
        fixed (byte* data = buffer)
        {
            _ = read_values(1, data, (uint)size);
        }

        T loaded = default;
        loaded.Load(buffer.AsSpan(0, size));
        return loaded;
    }

    public static int[] CopyBad(ReadOnlySequence<byte> sequence, bool swapped) // bad: LIFE003|LIFE016
    {
        byte[]? rented = null;
        ReadOnlySpan<byte> bytes;
        if (swapped)
        {
            rented = ArrayPool<byte>.Shared.Rent((int)sequence.Length);
            sequence.CopyTo(rented);
            Array.Reverse(rented);
            bytes = rented;
        }
        else
        {
            bytes = sequence.FirstSpan;
        }

        int[] result = new int[bytes.Length / sizeof(int)];
        Unsafe.CopyBlockUnaligned(ref Unsafe.As<int, byte>(ref result[0]), ref MemoryMarshal.GetReference(bytes), (uint)bytes.Length);
        return result;
    }

    public static void PinnedForGoodBad(nint array, double[] data) // bad: LIFE003
    {
        GCHandle handle = GCHandle.Alloc(data, GCHandleType.Pinned);
        _ = sync_copy(array, handle.AddrOfPinnedObject(), (uint)data.Length);
    }

    public static void SetOptionBad(nint socket, int option, long value) // bad: LIFE005
    {
        nint block = Marshal.AllocHGlobal(sizeof(long));
        Marshal.WriteInt64(block, value);
        if (socket_option(socket, option, block, sizeof(long)) != 0)
        {
            throw new InvalidOperationException();
        }

        Marshal.FreeHGlobal(block);
    }

    public static List<int> FreedInCatchBad() // bad: LIFE004
    {
        List<int> rows = new();
        uint size = 0;
        uint status = read_table(0, &size);
        while (status == 122)
        {
            nint buffer = Marshal.AllocHGlobal((int)size);
            try
            {
                status = read_table(buffer, &size);
                rows.Add(Marshal.ReadInt32(buffer));
            }
            catch
            {
                Marshal.FreeHGlobal(buffer);
                throw;
            }
        }

        return rows;
    }

    public static int* GoneWhenReturnedBad(int id) // bad: LIFE007
    {
        int* info = null;
        int size = 100;
        void* buffer = (void*)Marshal.AllocHGlobal(size);
        try
        {
            if (query(buffer, &size) != 0)
            {
                throw new ArgumentOutOfRangeException(nameof(id));
            }

            info = (int*)buffer;
        }
        finally
        {
            Marshal.FreeHGlobal((nint)buffer);
        }

        return info;
    }

    public static ReadOnlyMemory<byte> EncodedBad(string text) // bad: LIFE007
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            int count = Encoding.UTF8.GetBytes(text, buffer);
            return buffer.AsMemory(0, count);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

/// <summary>Started over without a new array, and disposed of after that.</summary>
internal sealed class PropertyList : IDisposable
{
    private char[]? _chars = ArrayPool<char>.Shared.Rent(64);
    private int _position;

    public void Add(char value) => _chars![_position++] = value;

    public void Reset() // bad: LIFE006
    {
        ArrayPool<char>.Shared.Return(_chars!);
        _position = 0;
    }

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_chars!);
        _chars = null;
    }
}

internal static class Requests
{
    public static async Task<(int Length, byte[]? Body)> ReadBad(Stream body, int length, Func<byte[], bool> isSigned) // bad: LIFE016|LIFE004
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        await body.ReadExactlyAsync(buffer.AsMemory(0, length));
        if (!isSigned(buffer))
        {
            return (-1, null);
        }

        return (length, buffer);
    }

    public static async Task<int> FirstByteBad(Stream source, int length) // bad: LIFE003|LIFE016
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        await source.ReadExactlyAsync(buffer, 0, length);
        MemoryStream copy = new(buffer, 0, length);
        return copy.ReadByte();
    }

    public static bool TryUpper(ReadOnlySpan<char> source, Span<char> target, out int written) // bad: LIFE016|LIFE004
    {
        char[]? rented = null;
        Span<char> buffer = source.Length <= 256 ? stackalloc char[256] : (rented = ArrayPool<char>.Shared.Rent(source.Length));
        int count = source.ToUpperInvariant(buffer);
        if (count > target.Length)
        {
            written = 0;
            return false;
        }

        buffer[..count].CopyTo(target);
        written = count;
        if (rented != null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return true;
    }

    public static IEnumerable<(int[] Items, int Count)> BatchesBad(IEnumerable<int> source, int size) // bad: LIFE016|LIFE004
    {
        int[] array = ArrayPool<int>.Shared.Rent(size);
        int count = 0;
        foreach (int item in source)
        {
            array[count++] = item;
            if (count == size)
            {
                yield return (array, count);
                count = 0;
                array = ArrayPool<int>.Shared.Rent(size);
            }
        }

        if (count > 0)
        {
            yield return (array, count);
        }
    }
}
