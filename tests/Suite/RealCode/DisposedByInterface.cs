// weakness: CWE-772
// construct: an object of a type that implements an interface of the library, released by a callee that knows the interface alone
using System;
using System.Buffers;

namespace Cases.RealCode.DisposedByInterface;

internal sealed class Owner : IMemoryOwner<byte>
{
    private readonly int _length;
    private byte[]? _array;

    private Owner(int length)
    {
        _length = length;
        _array = ArrayPool<byte>.Shared.Rent(length);
    }

    public Memory<byte> Memory => _array.AsMemory(0, _length);

    public static Owner Cleared(int length)
    {
        var owner = new Owner(length);
        owner._array.AsSpan().Clear();
        return owner;
    }

    public void Dispose()
    {
        if (_array is { } array)
        {
            _array = null;
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}

internal sealed class Texture
{
    private int _sum;

    public void Set(IMemoryOwner<byte> data)
    {
        Add(data.Memory.Span);
        data.Dispose();
    }

    public void Look(IMemoryOwner<byte> data) => Add(data.Memory.Span);

    private void Add(ReadOnlySpan<byte> data) => _sum += data.Length;
}

internal static class Uses
{
    public static void Given(Texture texture)
    {
        var data = Owner.Cleared(4);
        texture.Set(data);
    }

    public static void Shown(Texture texture) // bad: LIFE003
    {
        var data = Owner.Cleared(4);
        texture.Look(data);
    }
}
