using System.Buffers;
using System.Runtime.InteropServices;

namespace OwnPairs;

/// <summary>A port of a C library: its blocks go through its own functions.</summary>
internal static unsafe class Zstd
{
    internal static void* ZSTD_customMalloc(nuint size) => NativeMemory.Alloc(size);

    internal static void* ZSTD_customCalloc(nuint size) => NativeMemory.AllocZeroed(size);

    internal static void ZSTD_customFree(void* address)
    {
        if (address != null)
        {
            NativeMemory.Free(address);
        }
    }

    public static int Never(nuint size)
    {
        byte* table = (byte*)ZSTD_customMalloc(size);
        return table[0];
    }

    public static int Zeroed(nuint size)
    {
        var table = ZSTD_customCalloc(size);
        if (size > 100)
        {
            return -1;
        }

        ZSTD_customFree(table);
        return 0;
    }
}

/// <summary>A pair that counts: no null goes through it.</summary>
internal static unsafe class Counted
{
    private static int s_count;

    public static byte* AllocBlock(int size)
    {
        s_count++;
        return (byte*)NativeMemory.Alloc((nuint)size);
    }

    public static void FreeBlock(byte* block)
    {
        s_count--;
        NativeMemory.Free(block);
    }
}

/// <summary>A class with two kinds of blocks.</summary>
internal static class Kinds
{
    public static nint CreateImage(int size) => Marshal.AllocHGlobal(size);

    public static void DestroyImage(nint image) => Marshal.FreeHGlobal(image);

    public static nint CreateMask(int size) => Marshal.AllocHGlobal(size);

    public static void DestroyMask(nint mask) => Marshal.FreeHGlobal(mask);

    public static nint Duplicate(nint image) => Marshal.AllocHGlobal(16 + (int)(image & 1));
}

/// <summary>The release of this one does not release what it is handed.</summary>
internal static class Odd
{
    private static nint s_last;

    public static nint AllocPage() => Marshal.AllocHGlobal(4096);

    public static void FreePage(nint page)
    {
        Marshal.FreeHGlobal(s_last);
        s_last = page;
    }
}

internal sealed class Pool
{
    public byte[] RentPage(int size) => ArrayPool<byte>.Shared.Rent(size);

    public void ReturnPage(byte[] page) => ArrayPool<byte>.Shared.Return(page);
}

internal static unsafe class Users
{
    public static byte Maybe(bool wanted)
    {
        byte* block = wanted ? Counted.AllocBlock(8) : null;
        return block == null ? (byte)0 : block[0];
    }

    public static byte Image()
    {
        var image = Kinds.CreateImage(8);
        return Marshal.ReadByte(image);
    }

    public static byte Mask()
    {
        var mask = Kinds.CreateMask(8);
        return Marshal.ReadByte(mask);
    }

    public static byte Copied(nint image)
    {
        var copy = Kinds.Duplicate(image);
        return Marshal.ReadByte(copy);
    }

    public static byte Paged()
    {
        nint page = Odd.AllocPage();
        return Marshal.ReadByte(page);
    }

    public static int Rented(Pool pool, int size)
    {
        byte[] page = pool.RentPage(size);
        page[0] = 1;
        return page.Length;
    }
}
