// weakness: CWE-401, CWE-772
// construct: properties that begin with a block, methods that a method of the same object has overwrite a field
using System;
using System.Runtime.InteropServices;

namespace Cases.ClearedProperties;

internal sealed class Cleared : IDisposable
{
    public nint Store { get; private set; } = Marshal.AllocHGlobal(16); // bad: LIFE013

    public void Dispose() => Store = 0;
}

internal sealed class Released : IDisposable
{
    public nint Store { get; private set; } = Marshal.AllocHGlobal(16);

    public void Dispose()
    {
        Marshal.FreeHGlobal(Store);
        Store = 0;
    }
}

internal sealed unsafe class Growing : IDisposable
{
    private byte* _bytes;
    private int _size;

    // the fault is Reserve's, and told there
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(new Span<byte>(_bytes, _size));
    }

    public void Reserve(int size)
    {
        if (size <= _size)
        {
            return;
        }

        var larger = (byte*)NativeMemory.Alloc((nuint)size); // bad: LIFE013
        new ReadOnlySpan<byte>(_bytes, _size).CopyTo(new Span<byte>(larger, size));
        _bytes = larger;
        _size = size;
    }

    public void Dispose()
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
    }
}

internal sealed unsafe class GrowingByHelper : IDisposable
{
    private byte* _bytes;
    private int _size;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length); // bad: LIFE013
        bytes.CopyTo(new Span<byte>(_bytes, _size));
    }

    public void Dispose()
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
    }

    private void Reserve(int size)
    {
        if (size <= _size)
        {
            return;
        }

        var larger = (byte*)NativeMemory.Alloc((nuint)size);
        new ReadOnlySpan<byte>(_bytes, _size).CopyTo(new Span<byte>(larger, size));
        _bytes = larger;
        _size = size;
    }
}
