using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Records;

public sealed record Frame(int Width, int Height) : IDisposable
{
    private readonly nint _pixels = Marshal.AllocHGlobal(Width * Height);
    private readonly nint _mask = Marshal.AllocHGlobal(Width);

    public byte First => Marshal.ReadByte(_pixels);
    public byte Mask => Marshal.ReadByte(_mask);

    public void Dispose() => Marshal.FreeHGlobal(_pixels);
}

public class Cache : IDisposable
{
    private readonly ConcurrentDictionary<string, int> _index = new();
    private IMemoryOwner<byte> _page = MemoryPool<byte>.Shared.Rent(4096);
    private GCHandle _self;

    public Cache() => _self = GCHandle.Alloc(this, GCHandleType.Weak);

    public int Find(string key) => _index.GetOrAdd(key, k => _page.Memory.Span[k.Length]) + (_self.IsAllocated ? 1 : 0);

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _index.Clear();
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }
}

public class Derived : Cache
{
    private unsafe void* _extra = NativeMemory.Alloc(8);

    public unsafe bool Has => _extra != null;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
    }
}

public struct Slot
{
    private nint _p;

    public Slot(int n)
    {
        _p = Marshal.AllocHGlobal(n);
    }

    public byte Read() => Marshal.ReadByte(_p);
}

public class Stream2 : Stream
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1024);
    private nint _native = Marshal.AllocHGlobal(64);

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => _buffer.Length;
    public override long Position { get => Marshal.ReadInt64(_native); set => Marshal.WriteInt64(_native, value); }
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) { Array.Copy(_buffer, 0, buffer, offset, count); return count; }
    public override long Seek(long offset, SeekOrigin origin) => 0;
    public override void SetLength(long value) { }
    public override void Write(byte[] buffer, int offset, int count) { }
}

public static class Statics
{
    public static int Sum(ReadOnlySpan<int> values)
    {
        var total = 0;
        foreach (var chunk in values.ToArray().Chunk(10))
        {
            var native = Marshal.AllocHGlobal(chunk.Length * sizeof(int));
            Marshal.Copy(chunk, 0, native, chunk.Length);
            for (var i = 0; i < chunk.Length; i++)
            {
                var value = Marshal.ReadInt32(native, i * sizeof(int));
                if (value < 0)
                {
                    goto negative;
                }

                total += value;
            }

            Marshal.FreeHGlobal(native);
        }

        return total;

    negative:
        return -1;
    }

    public static bool Equal(string a, string b)
    {
        IntPtr x = Marshal.StringToHGlobalAnsi(a), y = Marshal.StringToHGlobalAnsi(b);
        for (int i = 0; ; i++)
        {
            byte p = Marshal.ReadByte(x, i), q = Marshal.ReadByte(y, i);
            if (p != q)
                return false;
            if (p == 0)
                break;
        }

        Marshal.FreeHGlobal(x);
        Marshal.FreeHGlobal(y);
        return true;
    }

    public static string Join(IEnumerable<string> parts, char separator)
    {
        var buffer = ArrayPool<char>.Shared.Rent(16);
        var length = 0;
        foreach (var part in parts)
        {
            if (length + part.Length + 1 > buffer.Length)
            {
                var bigger = ArrayPool<char>.Shared.Rent((length + part.Length + 1) * 2);
                buffer.AsSpan(0, length).CopyTo(bigger);
                buffer = bigger;
            }

            part.CopyTo(0, buffer, length, part.Length);
            length += part.Length;
            buffer[length++] = separator;
        }

        var result = new string(buffer, 0, length);
        ArrayPool<char>.Shared.Return(buffer);
        return result;
    }
}
