// weakness: CWE-416 Use After Free
// construct: what every object has (GetType, GetHashCode, ToString, Equals), asked of what has been given back
using System;
using System.Buffers;
using System.IO;

namespace Cases.MembersOfEveryObject;

public static class Asked
{
    public static void NameOfItsType(TextWriter log, int size)
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(size);
        owner.Memory.Span[0] = 1;
        owner.Dispose();
        log.WriteLine(owner.GetType().Name + owner.GetHashCode());
    }

    public static string? Text(int size)
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(size);
        owner.Dispose();
        return owner.ToString();
    }

    public static bool IsTheSame(int size, object other)
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(size);
        owner.Dispose();
        return owner.Equals(other);
    }

    public static int HashOfAnArray(int size)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(size);
        ArrayPool<byte>.Shared.Return(rented);
        return rented.GetHashCode();
    }

    public static int Memory(TextWriter log, int size) // bad: LIFE007
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(size);
        owner.Dispose();
        log.WriteLine(owner.GetType().Name);
        return owner.Memory.Length;
    }

    public static byte Element(TextWriter log, int size) // bad: LIFE007
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(size);
        ArrayPool<byte>.Shared.Return(rented);
        log.WriteLine(rented.GetHashCode());
        return rented[0];
    }
}
