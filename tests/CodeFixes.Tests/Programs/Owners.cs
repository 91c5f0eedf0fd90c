using System.Buffers;
using System.Runtime.InteropServices;

namespace Lib.Owners;

// Primary constructor, expression-bodied members.
public sealed class Buffer1(int size)
{
    private readonly IntPtr _data = Marshal.AllocHGlobal(size);

    public int Size => size;
    public byte this[int index] => Marshal.ReadByte(_data, index);
}

public class Buffer2 : IAsyncDisposable
{
    private IntPtr _data = Marshal.AllocHGlobal(10);
    private readonly Stream _stream;

    public Buffer2(Stream stream) { _stream = stream; }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public byte First => Marshal.ReadByte(_data);
}

public sealed class Buffer3 : IDisposable
{
    private GCHandle _pin;
    private byte[]? _rented;

    public Buffer3(byte[] target)
    {
        _pin = GCHandle.Alloc(target, GCHandleType.Pinned);
        _rented = ArrayPool<byte>.Shared.Rent(16);
    }

    void IDisposable.Dispose()
    {
        if (_rented != null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = null;
        }
    }

    public nint Address => _pin.AddrOfPinnedObject();
}

public class Buffer4 : IDisposable
{
    private unsafe int* _values;
    private bool disposedValue;

    public unsafe Buffer4(int n) => _values = (int*)NativeMemory.Alloc((nuint)n, sizeof(int));

    public unsafe int Get(int i) => _values[i];

    protected virtual void Dispose(bool disposing)
    {
        if (!disposedValue)
        {
            if (disposing)
            {
                // TODO: dispose managed state (managed objects)
            }

            // TODO: free unmanaged resources (unmanaged objects) and override finalizer
            // TODO: set large fields to null
            disposedValue = true;
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }
}

public ref struct Buffer5
{
    private IntPtr _p;
    public Buffer5(int n) { _p = Marshal.AllocHGlobal(n); }
    public byte First => Marshal.ReadByte(_p);
}

public record class Buffer6(string Name)
{
    private readonly IntPtr _text = Marshal.StringToHGlobalUni(Name);
    public int Read() => Marshal.ReadInt16(_text);
}

internal abstract class Buffer7
{
    protected IntPtr Data;
    protected Buffer7(int n) { Data = Marshal.AllocCoTaskMem(n); }
    public abstract int Use();
}

public class Buffer8 : IDisposable
{
    private IntPtr _block;

    public void Grow(int n)
    {
        _block = Marshal.AllocHGlobal(n);
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = IntPtr.Zero;
    }

    public byte Peek() => Marshal.ReadByte(_block);
}

public class Buffer9
{
    private IMemoryOwner<byte>? _owner;

    public void Open(int n)
    {
        _owner?.Dispose();
        _owner = MemoryPool<byte>.Shared.Rent(n);
    }

    public int Length => _owner?.Memory.Length ?? 0;
}

public class Outer
{
    private class Inner
    {
        internal readonly IntPtr P = Marshal.AllocHGlobal(4);
    }

    private readonly Inner _inner = new();
    public byte Read() => Marshal.ReadByte(_inner.P);
}

public sealed class Lazy1
{
    private IntPtr _lazy;

    public IntPtr Value
    {
        get
        {
            if (_lazy == IntPtr.Zero)
                _lazy = Marshal.AllocHGlobal(128);
            return _lazy;
        }
    }
}

public class Base1
{
    ~Base1() { }
}

public class Two : IDisposable
{
    private nint _a;
    private nint _b;
    public Two() { _a = Marshal.AllocHGlobal(1); _b = Marshal.AllocHGlobal(2); }
    public int X => Marshal.ReadByte(_a) + Marshal.ReadByte(_b);
    public void Dispose() => GC.SuppressFinalize(this);
    ~Two() => Marshal.FreeHGlobal(_a);
}
