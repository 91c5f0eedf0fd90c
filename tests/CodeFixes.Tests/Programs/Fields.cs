using System.Buffers;
using System.Runtime.InteropServices;

namespace Acme.Storage;

public unsafe class Arena
{
    private byte* _start;
    private readonly int _size;

    public Arena(int size)
    {
        _size = size;
        _start = (byte*)NativeMemory.Alloc((nuint)size);
    }

    public Span<byte> All => new(_start, _size);
}

public sealed class Pinned<T> where T : unmanaged
{
    private GCHandle _handle;

    public Pinned(T[] array)
    {
        _handle = GCHandle.Alloc(array, GCHandleType.Pinned);
    }

    public IntPtr Address => _handle.AddrOfPinnedObject();
}

internal sealed class Table : IDisposable
{
    private readonly IntPtr _rows = Marshal.AllocHGlobal(1024);
    private readonly IntPtr _index;
    private bool _disposed;

    public Table() => _index = Marshal.AllocHGlobal(256);

    public byte this[int i] => Marshal.ReadByte(_rows, i + Marshal.ReadByte(_index, i));

    public void Dispose()
    {
        if (_disposed) return;
        Marshal.FreeHGlobal(_rows);
        _disposed = true;
    }
}

public abstract class Base : IDisposable
{
    protected virtual void Dispose(bool disposing) { }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }
}

public class Derived : Base
{
    private nint _block = Marshal.AllocHGlobal(32);

    public byte First() => Marshal.ReadByte(_block);
}

public class Grower
{
    private IntPtr _data;

    public void Reset(int size)
    {
        _data = Marshal.AllocHGlobal(size);
    }

    public byte Peek() => Marshal.ReadByte(_data);
}

public record struct Holder(int Size)
{
    private IntPtr _p = Marshal.AllocHGlobal(Size);
    public readonly byte First => Marshal.ReadByte(_p);
}

public sealed class Rented
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(100);
    private IMemoryOwner<char> _chars = MemoryPool<char>.Shared.Rent(10);
    public int Length => _buffer.Length + _chars.Memory.Length;
}

public partial class PartialOwner
{
    private IntPtr _memory;
    public PartialOwner() { _memory = Marshal.AllocCoTaskMem(8); }
}

public partial class PartialOwner
{
    public byte Read() { return Marshal.ReadByte(_memory); }
}

public sealed class KeptUntilCalled : IDisposable
{
    private GCHandle _self;

    public void Keep()
    {
        _self = GCHandle.Alloc(this);
    }

    public void Dispose()
    {
        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }
}
