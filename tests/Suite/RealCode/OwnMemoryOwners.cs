// weakness: CWE-401
// construct: classes that implement IMemoryOwner over a rented array, or over either of two kinds of memory
using System;
using System.Buffers;
using System.Threading;

namespace Cases.OwnMemoryOwners;

internal sealed class RentedOwner : IMemoryOwner<byte>
{
    private byte[]? _rented;

    private RentedOwner(byte[] rented) => _rented = rented;

    public Memory<byte> Memory => _rented;

    public static RentedOwner Create(int size) => new(ArrayPool<byte>.Shared.Rent(size));

    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

internal sealed class EitherLease : IDisposable
{
    private object? _buffer;

    private EitherLease(object buffer, int length)
    {
        _buffer = buffer;
        Length = length;
    }

    public int Length { get; }

    public static EitherLease OfArray(int size)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(size);
        return new EitherLease(rented, size);
    }

    public static EitherLease OfPool(int size) => new(MemoryPool<byte>.Shared.Rent(size), size);

    public void Dispose()
    {
        if (Length != 0)
        {
            object? buffer = Interlocked.Exchange(ref _buffer, null);
            if (buffer is null)
            {
                return;
            }

            if (buffer is byte[] rented)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
            else
            {
                ((IMemoryOwner<byte>)buffer).Dispose();
            }
        }
    }
}

internal static class Leases
{
    public static byte OwnedGood(int size)
    {
        RentedOwner owner = RentedOwner.Create(size);
        byte first = owner.Memory.Span[0];
        owner.Dispose();
        return first;
    }

    public static byte UsingGood(int size)
    {
        using RentedOwner owner = RentedOwner.Create(size);
        return owner.Memory.Span[0];
    }

    public static byte OwnedBad(int size) // bad: LIFE003
    {
        RentedOwner owner = RentedOwner.Create(size);
        return owner.Memory.Span[0];
    }

    public static void ArrayGood(int size)
    {
        EitherLease lease = EitherLease.OfArray(size);
        lease.Dispose();
    }

    public static void PoolGood(int size)
    {
        EitherLease lease = EitherLease.OfPool(size);
        lease.Dispose();
    }

    public static int ArrayBad(int size) // bad: LIFE003
    {
        EitherLease lease = EitherLease.OfArray(size);
        return lease.Length;
    }

    public static int WrongKindBad(int size) // bad: LIFE003|LIFE004
    {
        object buffer = ArrayPool<byte>.Shared.Rent(size);
        if (buffer is IMemoryOwner<byte> owner)
        {
            owner.Dispose();
        }

        return size;
    }
}
