// weakness: mixed
// construct: ArrayPool, MemoryPool
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.Pools;

internal static class Renting
{
    private static readonly ArrayPool<byte> Own = ArrayPool<byte>.Create(1 << 20, 16);
    private static readonly ArrayPool<byte> Other = ArrayPool<byte>.Create();

    public static void PairGood()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        buffer[0] = 1;
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void PairThroughLocalGood()
    {
        ArrayPool<byte> pool = ArrayPool<byte>.Shared;
        byte[] buffer = pool.Rent(16);
        buffer[0] = 1;
        pool.Return(buffer, clearArray: true);
    }

    public static void LocalAndSharedAreTheSameGood()
    {
        ArrayPool<byte> pool = ArrayPool<byte>.Shared;
        byte[] buffer = pool.Rent(16);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void OwnPoolGood()
    {
        byte[] buffer = Own.Rent(16);
        buffer[0] = 1;
        Own.Return(buffer);
    }

    public static void WrongPoolBad() // bad: LIFE008
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        Own.Return(buffer);
    }

    public static void WrongOwnPoolBad() // bad: LIFE008
    {
        byte[] buffer = Own.Rent(16);
        Other.Return(buffer);
    }

    public static void WrongLocalPoolBad() // bad: LIFE008
    {
        ArrayPool<byte> pool = ArrayPool<byte>.Create();
        byte[] buffer = pool.Rent(16);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void ParameterPoolGood(ArrayPool<byte> pool)
    {
        byte[] buffer = pool.Rent(16);
        pool.Return(buffer);
    }

    public static void ReturnedTwiceBad() // bad: LIFE006
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        ArrayPool<byte>.Shared.Return(buffer);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void ReturnedTwiceOnErrorBad(Stream stream) // bad: LIFE006
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        try
        {
            stream.Write(buffer, 0, 16);
        }
        catch (IOException)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static void IndexedAfterReturnBad() // bad: LIFE007
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer[0] = 1;
    }

    public static void PassedAfterReturnBad(Stream stream) // bad: LIFE007
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        ArrayPool<byte>.Shared.Return(buffer);
        stream.Write(buffer, 0, 16);
    }

    public static void LengthAfterReturnGood()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        int length = buffer.Length;
        ArrayPool<byte>.Shared.Return(buffer);
        Io.PrintInt(length);
    }

    public static void NotRentedBad() // bad: LIFE009|LIFE008
    {
        byte[] buffer = new byte[16];
        buffer[0] = 1;
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void ToArrayReturnedBad(List<byte> bytes) // bad: LIFE009|LIFE008, LIFE016|LIFE003|LIFE004
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        buffer[0] = bytes[0];
        byte[] copy = buffer.AsSpan(0, 4).ToArray();
        ArrayPool<byte>.Shared.Return(copy);
    }

    public static byte[] HandedOutGood(int size) => ArrayPool<byte>.Shared.Rent(size);

    public static void FactoryCallerBad() // bad: LIFE016|LIFE003|LIFE004
    {
        byte[] buffer = HandedOutGood(16);
        Io.PrintInt(buffer.Length);
    }

    public static void FactoryCallerGood()
    {
        byte[] buffer = HandedOutGood(16);
        Io.PrintInt(buffer.Length);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void FactoryCallerWrongPoolBad() // bad: LIFE008
    {
        byte[] buffer = HandedOutGood(16);
        Own.Return(buffer);
    }

    public static void OverwrittenBad(bool bigger) // bad: LIFE016|LIFE004|LIFE003
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        if (bigger)
        {
            buffer = ArrayPool<byte>.Shared.Rent(64);
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void SuccessOnlyGood(Stream stream)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        stream.ReadExactly(buffer, 0, 16);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void DifferentElementTypesGood()
    {
        char[] chars = ArrayPool<char>.Shared.Rent(16);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(16);
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<char>.Shared.Return(chars);
    }

    public static byte[] CopyGood(ReadOnlySpan<byte> source)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(source.Length);
        source.CopyTo(buffer);
        byte[] result = buffer.AsSpan(0, source.Length).ToArray();
        ArrayPool<byte>.Shared.Return(buffer);
        return result;
    }

    public static void OwnerGood(int size)
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(size);
        Io.PrintInt(owner.Memory.Length);
    }

    public static IMemoryOwner<byte> OwnerHandedOutGood(int size) => MemoryPool<byte>.Shared.Rent(size);

    public static void OwnerLostBad(int size) // bad: LIFE016|LIFE003|LIFE004
    {
        IMemoryOwner<byte> owner = OwnerHandedOutGood(size);
        Io.PrintInt(owner.Memory.Length);
    }

    public static void OwnerDiscardedBad(int size) // bad: LIFE016|LIFE003|LIFE004
    {
        Memory<byte> memory = MemoryPool<byte>.Shared.Rent(size).Memory;
        memory.Span.Clear();
    }

    public static void PinnedRentedArrayGood()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        GCHandle handle = GCHandle.Alloc(buffer, GCHandleType.Pinned);
        try
        {
            Io.PrintByte(Marshal.ReadByte(handle.AddrOfPinnedObject()));
        }
        finally
        {
            handle.Free();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
