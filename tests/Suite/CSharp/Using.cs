// weakness: mixed
// construct: using
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.Using;

internal sealed unsafe class NativeBuffer : IDisposable
{
    private byte* _pointer;

    public NativeBuffer(int length)
    {
        _pointer = (byte*)NativeMemory.Alloc((nuint)length);
        Length = length;
    }

    public int Length { get; }

    public Span<byte> Span => new(_pointer, Length);

    public void Dispose()
    {
        NativeMemory.Free(_pointer);
        _pointer = null;
    }
}

internal readonly ref struct Pin
{
    private readonly GCHandle _handle;

    public Pin(byte[] bytes) => _handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);

    public nint Address => _handle.AddrOfPinnedObject();

    public void Dispose() => _handle.Free();
}

internal static unsafe class Uses
{
    public static void DeclarationGood(int length)
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(length);
        owner.Memory.Span.Clear();
    }

    public static void StatementGood(int length)
    {
        using (IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(length))
        {
            owner.Memory.Span.Clear();
        }
    }

    public static void NeverDisposedBad(int length) // bad: LIFE016|LIFE003|LIFE004
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(length);
        owner.Memory.Span.Clear();
    }

    public static Memory<byte> MemoryOutlivesUsingBad(int length) // bad: LIFE007|LIFE010
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(length);
        owner.Memory.Span.Clear();
        return owner.Memory;
    }

    public static byte SpanOutlivesInnerUsingBad(int length) // bad: LIFE007
    {
        Span<byte> span;
        using (IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(length))
        {
            span = owner.Memory.Span;
            span[0] = 1;
        }

        return span[0];
    }

    public static byte SpanInsideUsingGood(int length)
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(length);
        Span<byte> span = owner.Memory.Span;
        span[0] = 1;
        return span[0];
    }

    public static byte[] CopyOutOfUsingGood(int length)
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(length);
        return owner.Memory.Span[..length].ToArray();
    }

    public static void OwnTypeGood()
    {
        using var buffer = new NativeBuffer(16);
        buffer.Span[0] = 1;
    }

    public static void RefStructGood(byte[] bytes)
    {
        using var pin = new Pin(bytes);
        Io.PrintByte(Marshal.ReadByte(pin.Address));
    }

    public static void MemoryHandleGood(Memory<byte> memory)
    {
        using MemoryHandle handle = memory.Pin();
        Io.PrintByte(*(byte*)handle.Pointer);
    }

    public static void MemoryHandleBad(Memory<byte> memory) // bad: LIFE003|LIFE004
    {
        MemoryHandle handle = memory.Pin();
        Io.PrintByte(*(byte*)handle.Pointer);
    }

    public static void MemoryHandleExplicitGood(Memory<byte> memory)
    {
        MemoryHandle handle = memory.Pin();
        try
        {
            Io.PrintByte(*(byte*)handle.Pointer);
        }
        finally
        {
            handle.Dispose();
        }
    }

    public static void UsingWithNullGood(bool wanted)
    {
        using IMemoryOwner<byte>? owner = wanted ? MemoryPool<byte>.Shared.Rent(8) : null;
        Io.PrintLine(owner is null ? "none" : "some");
    }

    public static void OwnerOverwrittenInUsingGood(int length)
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(length);
        try
        {
            if (length < 8)
            {
                owner.Dispose();
                owner = MemoryPool<byte>.Shared.Rent(8);
            }

            owner.Memory.Span.Clear();
        }
        finally
        {
            owner.Dispose();
        }
    }

    public static void UsedAfterDisposeBad(int length) // bad: LIFE007
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(length);
        Memory<byte> memory = owner.Memory;
        owner.Dispose();
        memory.Span[0] = 1;
    }

    public static void EarlyReturnInUsingGood(int length)
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(length);
        if (length > 4)
        {
            return;
        }

        owner.Memory.Span.Clear();
    }

    public static void PinnedHandleGood(byte[] bytes)
    {
        using var handle = new PinnedGCHandle<byte[]>(bytes);
        Io.PrintByte(*(byte*)handle.GetAddressOfObjectData());
    }

    public static void TypedHandleBad(object target) // bad: LIFE003|LIFE004
    {
        var handle = new GCHandle<object>(target);
        Io.PrintLine(handle.Target.ToString()!);
    }

    public static void TypedHandleGood(object target)
    {
        var handle = new GCHandle<object>(target);
        string text = handle.Target.GetType().Name;
        handle.Dispose();
        Io.PrintLine(text);
    }
}
