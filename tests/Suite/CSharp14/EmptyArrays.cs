// weakness: CWE-590
// construct: empty arrays in the place of rented ones
using System;
using System.Buffers;

namespace Cases.EmptyArrays;

/// <summary>An array without elements means that nothing is rented; pools take it, and forget it.</summary>
internal static class Scratch
{
    public static int ListGood(ReadOnlySpan<byte> source, int size)
    {
        byte[] rented = [];
        Span<byte> copy = size <= 64 ? stackalloc byte[64] : rented = ArrayPool<byte>.Shared.Rent(size);
        source.CopyTo(copy);
        int sum = copy[0];
        ArrayPool<byte>.Shared.Return(rented);
        return sum;
    }

    public static int NoElementsGood(int size)
    {
        byte[] rented = new byte[0];
        if (size > 0)
        {
            rented = ArrayPool<byte>.Shared.Rent(size);
        }

        int length = rented.Length;
        ArrayPool<byte>.Shared.Return(rented);
        return length;
    }

    public static int SharedGood(int size)
    {
        byte[] rented = size > 0 ? ArrayPool<byte>.Shared.Rent(size) : Array.Empty<byte>();
        int length = rented.Length;
        ArrayPool<byte>.Shared.Return(rented);
        return length;
    }

    public static int ByHelperGood(ReadOnlySpan<byte> source)
    {
        byte[] rented = [];
        ReadOnlySpan<byte> copy = Copy(source, stackalloc byte[32], ref rented);
        int first = copy[0];
        ArrayPool<byte>.Shared.Return(rented);
        return first;
    }

    public static int InTupleGood(int size)
    {
        (byte[] rented, int count) = Take(size);
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += rented[i];
        }

        ArrayPool<byte>.Shared.Return(rented);
        return sum;
    }

    private static (byte[] Rented, int Count) Take(int size)
    {
        if (size <= 0)
        {
            return ([], 0);
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(size);
        rented.AsSpan().Clear();
        return (rented, size);
    }

    private static ReadOnlySpan<byte> Copy(ReadOnlySpan<byte> source, Span<byte> target, ref byte[] rented)
    {
        if (source.Length > target.Length)
        {
            rented = ArrayPool<byte>.Shared.Rent(source.Length);
            target = rented;
        }

        source.CopyTo(target);
        return target;
    }

    public static int SomeElementsBad() // bad: LIFE009
    {
        byte[] made = [1, 2];
        int length = made.Length;
        ArrayPool<byte>.Shared.Return(made);
        return length;
    }

    public static int NeverReturnedBad(ReadOnlySpan<byte> source, int size) // bad: LIFE003|LIFE016
    {
        byte[] rented = [];
        Span<byte> copy = size <= 64 ? stackalloc byte[64] : rented = ArrayPool<byte>.Shared.Rent(size);
        source.CopyTo(copy);
        return copy[0];
    }
}
