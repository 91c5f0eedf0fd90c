// weakness: mixed
// construct: real bugs, locals and early returns
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Suite.Support;

namespace Cases.RealCode.Bugs;

internal static unsafe class Omissions
{
    [DllImport("native")]
    private static extern int hash(nint data, int length, nint result);

    public static byte[]? HashBad(byte[] data) // bad: LIFE004, LIFE004
    {
        nint input = Marshal.AllocHGlobal(data.Length);
        nint output = Marshal.AllocHGlobal(32);
        Marshal.Copy(data, 0, input, data.Length);
        int status = hash(input, data.Length, output);
        if (status != 0)
        {
            return null;
        }

        byte[] result = new byte[32];
        Marshal.Copy(output, result, 0, 32);
        Marshal.FreeHGlobal(input);
        Marshal.FreeHGlobal(output);
        return result;
    }

    public static int SiblingForgetsBad(string name, int kind) // bad: LIFE004
    {
        nint native = Marshal.StringToHGlobalAnsi(name);
        switch (kind)
        {
            case 0:
                Marshal.FreeHGlobal(native);
                return 0;
            case 1:
                Io.PrintLine(name);
                return 1;
            default:
                Marshal.FreeHGlobal(native);
                return -1;
        }
    }

    public static bool NullGuardBad(Stream? stream, int length) // bad: LIFE016|LIFE004
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        if (stream is null)
        {
            return false;
        }

        int read = stream.Read(buffer, 0, length);
        ArrayPool<byte>.Shared.Return(buffer);
        return read == length;
    }

    public static string LocalFunctionBad(byte[] bytes) // bad: LIFE003|LIFE004
    {
        GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        return Read(handle.AddrOfPinnedObject());

        static string Read(nint address) => Marshal.PtrToStringAnsi(address)!;
    }

    public static int OwnerNotDisposedOnReturnBad(Stream stream) // bad: LIFE016|LIFE004
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(64);
        int read = stream.Read(owner.Memory.Span);
        if (read < 4)
        {
            return 0;
        }

        int value = owner.Memory.Span[3];
        owner.Dispose();
        return value;
    }
}

internal sealed class Cache : IDisposable
{
    private readonly Dictionary<int, nint> _entries = new();
    private nint _last;
    private byte[]? _line;

    public string Name // the setter loses what the field held
    {
        get => Marshal.PtrToStringUni(_last) ?? "";
        set // bad: LIFE013|LIFE004|LIFE003
        {
            _last = Marshal.StringToHGlobalUni(value);
        }
    }

    public void Add(int key, int size)
    {
        _entries[key] = Marshal.AllocHGlobal(size);
    }

    public int ReadLine(Stream stream)
    {
        _line ??= ArrayPool<byte>.Shared.Rent(128);
        return stream.Read(_line, 0, _line.Length);
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_last);
        foreach (nint entry in _entries.Values)
        {
            Marshal.FreeHGlobal(entry);
        }

        if (_line is not null)
        {
            ArrayPool<byte>.Shared.Return(_line);
        }
    }
}

internal sealed class Connection : IDisposable // bad: LIFE013|LIFE004|LIFE003
{
    private GCHandle _self;
    private nint _context;

    public void Open()
    {
        _context = Marshal.AllocHGlobal(64);
        _self = GCHandle.Alloc(this);
    }

    public void Close()
    {
        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }

    public void Dispose()
    {
        Close();
        _context = 0;
        Marshal.FreeHGlobal(_context);
    }
}

internal sealed class Decoder : IDisposable
{
    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(64);

    public void Reset() // bad: LIFE006|LIFE007|LIFE013 (or in Dispose)
    {
        ArrayPool<byte>.Shared.Return(_buffer!);
    }

    public void Dispose()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }
    }
}

internal static class AfterRelease
{
    public static ReadOnlyMemory<byte> ViewEscapesBad(ReadOnlySpan<byte> source) // bad: LIFE007|LIFE010
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

    public static Segment SegmentEscapesBad(int length) // bad: LIFE007|LIFE010
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        var segment = new Segment(buffer.AsMemory(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        return segment;
    }

    public static Task SendBad(Stream stream, ReadOnlySpan<byte> message) // bad: LIFE007
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(message.Length);
        try
        {
            message.CopyTo(buffer);
            return stream.WriteAsync(buffer, 0, message.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static async Task<int> TimeoutBad(Stream stream, CancellationToken token) // bad: LIFE007
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64);
        Task<int> pending = stream.ReadAsync(buffer, 0, 64);
        try
        {
            return await pending.WaitAsync(TimeSpan.FromSeconds(1), token);
        }
        catch (TimeoutException)
        {
            return -1;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static int InnerUsingBad(int size) // bad: LIFE007
    {
        Span<byte> view = default;
        if (size > 0)
        {
            using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(size);
            view = owner.Memory.Span;
        }

        return view.IndexOf((byte)1);
    }

    internal readonly struct Segment
    {
        public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

        public ReadOnlyMemory<byte> Memory { get; }
    }
}

internal static unsafe class Throwing
{
    public static void CheckBad(int status, nint data) // bad: LIFE005
    {
        nint copy = Marshal.AllocHGlobal(16);
        Buffer.MemoryCopy((void*)data, (void*)copy, 16, 16);
        Check(status);
        Marshal.FreeHGlobal(copy);
    }

    public static void OneBeforeTheTryBad(Stream stream) // bad: LIFE005
    {
        nint block = Marshal.AllocHGlobal(16);
        stream.Flush();
        try
        {
            stream.WriteByte(Marshal.ReadByte(block));
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void ThrowBad(byte[] message) // bad: LIFE005|LIFE004
    {
        GCHandle pin = GCHandle.Alloc(message, GCHandleType.Pinned);
        if (message.Length > 100)
        {
            throw new InvalidDataException("too long");
        }

        Io.PrintByte(Marshal.ReadByte(pin.AddrOfPinnedObject()));
        pin.Free();
    }

    private static void Check(int status)
    {
        if (status != 0)
        {
            throw new InvalidOperationException("status " + status);
        }
    }
}

internal static class ThroughCalls
{
    public static byte[] RentChunk(int size) => ArrayPool<byte>.Shared.Rent(size);

    public static nint LookupName(string name) => Marshal.StringToCoTaskMemUTF8(name);

    public static Lease CreateLease(int size) => new() { Owner = MemoryPool<byte>.Shared.Rent(size) };

    public static void FillLease(out Lease lease, int size) => lease = new Lease { Owner = MemoryPool<byte>.Shared.Rent(size), Length = size };

    public static int RentChunkBad(Stream stream) // bad: LIFE016|LIFE003|LIFE004
    {
        byte[] chunk = RentChunk(64);
        return stream.Read(chunk, 0, 64);
    }

    public static int LookupBad(string name) // bad: LIFE003|LIFE004
    {
        nint native = LookupName(name);
        return Marshal.ReadByte(native);
    }

    public static int StructWithOwnerBad() // bad: LIFE016|LIFE003|LIFE004
    {
        FillLease(out Lease lease, 64);
        return lease.Owner.Memory.Span[0];
    }

    public static int StructWithOwnerGood()
    {
        FillLease(out Lease lease, 64);
        int first = lease.Owner.Memory.Span[0];
        lease.Owner.Dispose();
        return first;
    }

    public static int FactoryStructGood()
    {
        Lease lease = CreateLease(64);
        using (lease.Owner)
        {
            return lease.Owner.Memory.Length;
        }
    }

    public static void ReleasesItsParameterGood(nint native) => Marshal.FreeCoTaskMem(native);

    public static void ParameterReleasedTwiceBad(nint native) // bad: LIFE006
    {
        ReleasesItsParameterGood(native);
        Marshal.FreeCoTaskMem(native);
    }

    internal struct Lease
    {
        public IMemoryOwner<byte> Owner;
        public int Length;
    }
}

internal static unsafe class WrongFunction
{
    public static void AlignedWithFreeBad() // bad: LIFE008
    {
        float* numbers = (float*)NativeMemory.AlignedAlloc(256, 32);
        numbers[0] = 1;
        NativeMemory.Free(numbers);
    }

    public static object? HandleFromAnythingBad(object state) // bad: LIFE009|LIFE008
    {
        int number = state.GetHashCode();
        GCHandle handle = GCHandle.FromIntPtr(Marshal.AllocHGlobal(number & 15));
        object? target = handle.Target;
        handle.Free();
        return target;
    }

    public static void FixedFreedBad(char[] text) // bad: LIFE009
    {
        fixed (char* pointer = text)
        {
            Marshal.FreeCoTaskMem((nint)pointer);
        }
    }

    public static void WrongPoolBad(int size) // bad: LIFE008
    {
        byte[] buffer = ArrayPool<byte>.Create(size, 4).Rent(size);
        buffer[0] = 1;
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
