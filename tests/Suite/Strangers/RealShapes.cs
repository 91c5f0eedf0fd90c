// weakness: CWE-401
// construct: mistakes that people make in servers and libraries, with their fixes
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Suite.Support;

namespace Strangers.RealShapes;

internal struct Packet
{
    public IMemoryOwner<byte>? Owner;
    public int Length;

    public readonly ReadOnlyMemory<byte> Body => Owner is null ? default : Owner.Memory[..Length];
}

internal sealed class Registration : IDisposable
{
    private GCHandle _handle;

    public Registration(object target, int kind)
    {
        _handle = GCHandle.Alloc(target);
        if (kind < 0)
        {
            _handle.Free();
            throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    public nint Token => GCHandle.ToIntPtr(_handle);

    public void Dispose()
    {
        if (_handle.IsAllocated)
        {
            _handle.Free();
        }
    }
}

internal sealed class RegistrationThrows : IDisposable
{
    private readonly nint _block;

    public RegistrationThrows(int size) // bad: LIFE005|LIFE004
    {
        _block = Marshal.AllocHGlobal(size);
        if (size > 4096)
        {
            throw new ArgumentOutOfRangeException(nameof(size));
        }
    }

    public void Dispose() => Marshal.FreeHGlobal(_block);
}

internal sealed class Table : IDisposable
{
    private readonly nint[] _rows = new nint[8];
    private nint _title;

    public nint Title
    {
        get => _title;
        set // bad: LIFE013
        {
            _title = Marshal.StringToHGlobalUni("title");
        }
    }

    public string Caption
    {
        get => Marshal.PtrToStringUni(_title) ?? "";
        set
        {
            nint fresh = Marshal.StringToHGlobalUni(value);
            Marshal.FreeHGlobal(_title);
            _title = fresh;
        }
    }

    public void Set(int index, int size)
    {
        nint old = _rows[index];
        _rows[index] = Marshal.AllocHGlobal(size);
        if (old != 0)
        {
            Marshal.FreeHGlobal(old);
        }
    }

    public void Dispose()
    {
        for (int i = 0; i < _rows.Length; i++)
        {
            Marshal.FreeHGlobal(_rows[i]);
            _rows[i] = 0;
        }

        Marshal.FreeHGlobal(_title);
    }
}

internal static class Shapes
{
    public static int TwinsBad(Stream stream) // bad: LIFE003|LIFE016
    {
        byte[] head = ArrayPool<byte>.Shared.Rent(16);
        byte[] body = ArrayPool<byte>.Shared.Rent(256);
        byte[] tail = ArrayPool<byte>.Shared.Rent(8);
        int total = stream.Read(head, 0, 16) + stream.Read(body, 0, 256) + stream.Read(tail, 0, 8);
        ArrayPool<byte>.Shared.Return(head);
        ArrayPool<byte>.Shared.Return(tail);
        return total;
    }

    public static int TwinsGood(Stream stream)
    {
        byte[] head = ArrayPool<byte>.Shared.Rent(16);
        byte[] body = ArrayPool<byte>.Shared.Rent(256);
        byte[] tail = ArrayPool<byte>.Shared.Rent(8);
        int total = stream.Read(head, 0, 16) + stream.Read(body, 0, 256) + stream.Read(tail, 0, 8);
        ArrayPool<byte>.Shared.Return(head);
        ArrayPool<byte>.Shared.Return(body);
        ArrayPool<byte>.Shared.Return(tail);
        return total;
    }

    public static bool TryReadPacket(Stream stream, out Packet packet)
    {
        packet = default;
        int length = stream.ReadByte();
        if (length <= 0)
        {
            return false;
        }

        packet.Owner = MemoryPool<byte>.Shared.Rent(length);
        packet.Length = length;
        stream.ReadExactly(packet.Owner.Memory.Span[..length]);
        return true;
    }

    public static int PacketGood(Stream stream)
    {
        if (!TryReadPacket(stream, out Packet packet))
        {
            return 0;
        }

        int length = packet.Body.Length;
        packet.Owner?.Dispose();
        return length;
    }

    public static int PacketBad(Stream stream) // bad: LIFE003|LIFE016
    {
        if (!TryReadPacket(stream, out Packet packet))
        {
            return 0;
        }

        return packet.Body.Length;
    }

    public static byte PacketAfterBad(Stream stream) // bad: LIFE007
    {
        if (!TryReadPacket(stream, out Packet packet))
        {
            return 0;
        }

        ReadOnlyMemory<byte> body = packet.Body;
        packet.Owner!.Dispose();
        return body.Span[0];
    }

    public static unsafe void FixedFreedBad(byte[] data) // bad: LIFE009
    {
        fixed (byte* p = data)
        {
            Marshal.FreeHGlobal((nint)p);
        }
    }

    public static unsafe void StringFreedBad(string text) // bad: LIFE009
    {
        fixed (char* p = text)
        {
            NativeMemory.Free(p);
        }
    }

    public static void PlainArrayReturnedBad(int size) // bad: LIFE009
    {
        byte[] data = new byte[size];
        Random.Shared.NextBytes(data);
        ArrayPool<byte>.Shared.Return(data);
    }

    public static void WrongPoolBad(int size) // bad: LIFE008
    {
        ArrayPool<byte> small = ArrayPool<byte>.Create(1024, 10);
        byte[] data = small.Rent(size);
        Random.Shared.NextBytes(data);
        ArrayPool<byte>.Shared.Return(data);
    }

    public static void RightPoolGood(int size)
    {
        ArrayPool<byte> small = ArrayPool<byte>.Create(1024, 10);
        byte[] data = small.Rent(size);
        Random.Shared.NextBytes(data);
        small.Return(data);
    }

    public static void MemoryReturnedGood(ReadOnlyMemory<byte> leased)
    {
        if (MemoryMarshal.TryGetArray(leased, out ArraySegment<byte> segment) && segment.Array is not null)
        {
            ArrayPool<byte>.Shared.Return(segment.Array);
        }
    }

    public static ReadOnlyMemory<byte> LeaseGood(int size)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(size);
        return new ReadOnlyMemory<byte>(rented, 0, size);
    }

    public static void GrowByReferenceGood(ref char[] buffer, int needed)
    {
        if (buffer.Length >= needed)
        {
            return;
        }

        char[] bigger = ArrayPool<char>.Shared.Rent(needed);
        Array.Copy(buffer, bigger, buffer.Length);
        char[] old = buffer;
        buffer = bigger;
        ArrayPool<char>.Shared.Return(old);
    }

    public static string GrowUserGood(IEnumerable<string> words)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(8);
        int used = 0;
        foreach (string word in words)
        {
            GrowByReferenceGood(ref buffer, used + word.Length);
            word.CopyTo(0, buffer, used, word.Length);
            used += word.Length;
        }

        string result = new(buffer, 0, used);
        ArrayPool<char>.Shared.Return(buffer);
        return result;
    }

    public static string GrowUserBad(IEnumerable<string> words) // bad: LIFE006|LIFE007
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(8);
        char[] first = buffer;
        GrowByReferenceGood(ref buffer, 10000);
        ArrayPool<char>.Shared.Return(buffer);
        string result = new(buffer, 0, 4);
        Io.PrintInt(first[0]);
        return result;
    }

    public static void TakenByRefGood(ref IMemoryOwner<byte>? owner)
    {
        IMemoryOwner<byte>? mine = owner;
        owner = null;
        mine?.Dispose();
    }

    public static void TakerUserGood(int size)
    {
        IMemoryOwner<byte>? owner = MemoryPool<byte>.Shared.Rent(size);
        TakenByRefGood(ref owner);
        owner?.Dispose();
    }

    public static nint AllocateBeforeTryGood(Stream stream)
    {
        nint block = Marshal.AllocHGlobal(64);
        bool ok = false;
        try
        {
            Marshal.WriteInt32(block, stream.ReadByte());
            ok = true;
            return block;
        }
        finally
        {
            if (!ok)
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    public static nint AllocateThenCatchGood(Stream stream)
    {
        nint block = Marshal.AllocHGlobal(64);
        try
        {
            Marshal.WriteInt32(block, stream.ReadByte());
        }
        catch
        {
            Marshal.FreeHGlobal(block);
            throw;
        }

        return block;
    }

    public static nint AllocateThenCatchBad(Stream stream) // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(64);
        try
        {
            Marshal.WriteInt32(block, stream.ReadByte());
        }
        catch (IOException)
        {
            Marshal.FreeHGlobal(block);
        }
        finally
        {
            Io.PrintLine("done");
        }

        Marshal.WriteInt32(block, 1);
        return block;
    }

    public static void RegistrationGood(object target)
    {
        using var registration = new Registration(target, 1);
        Io.PrintInt((int)registration.Token);
    }

    public static object? ForeignHandleBad(nint context) // bad: LIFE008|LIFE009
    {
        nint block = Marshal.AllocHGlobal(8);
        GCHandle handle = GCHandle.FromIntPtr(block);
        handle.Free();
        return null;
    }

    public static object? RoundTripGood(object target)
    {
        nint token = GCHandle.ToIntPtr(GCHandle.Alloc(target));
        GCHandle back = GCHandle.FromIntPtr(token);
        object? result = back.Target;
        back.Free();
        return result;
    }

    public static object? RoundTripBad(object target) // bad: LIFE003
    {
        nint token = GCHandle.ToIntPtr(GCHandle.Alloc(target));
        return GCHandle.FromIntPtr(token).Target;
    }

    public static object? RoundTripTwiceBad(object target) // bad: LIFE006|LIFE007
    {
        GCHandle handle = GCHandle.Alloc(target);
        nint token = GCHandle.ToIntPtr(handle);
        handle.Free();
        GCHandle back = GCHandle.FromIntPtr(token);
        object? result = back.Target;
        back.Free();
        return result;
    }

    private static async Task<int> Awaited(Task<int> pending, byte[] leased)
    {
        int result = await pending;
        ArrayPool<byte>.Shared.Return(leased);
        return result;
    }

    public static Task<int> FastPathGood(Stream stream)
    {
        byte[] leased = ArrayPool<byte>.Shared.Rent(512);
        Task<int> pending = stream.ReadAsync(leased, 0, 512);
        if (!pending.IsCompletedSuccessfully)
        {
            return Awaited(pending, leased);
        }

        ArrayPool<byte>.Shared.Return(leased);
        return pending;
    }

    public static byte[] HashGood(ReadOnlySpan<byte> data)
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(SHA256.HashSizeInBytes);
        try
        {
            int written = SHA256.HashData(data, scratch);
            return scratch.AsSpan(0, written).ToArray();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(scratch);
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    public static Span<byte> HashBad(ReadOnlySpan<byte> data) // bad: LIFE007
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(SHA256.HashSizeInBytes);
        try
        {
            int written = SHA256.HashData(data, scratch);
            return scratch.AsSpan(0, written);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }
}
