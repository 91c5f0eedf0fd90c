// weakness: CWE-761
// construct: addresses behind the start of a block by a distance that is only known when the program runs

using System;
using System.Runtime.InteropServices;

namespace Suite.AddressesAhead;

internal unsafe struct Planes
{
    public byte* Y;
    public byte* U;
    public byte* V;
}

public static unsafe class Distances
{
    private static Planes Make(int width, int height)
    {
        var block = (byte*)NativeMemory.Alloc((nuint)(width * height * 3 / 2));
        return new Planes { Y = block, U = block + (width * height), V = block + (width * height * 5 / 4) };
    }

    public static void FreesThePart(int width, int height) // bad: LIFE009
    {
        var planes = Make(width, height);
        planes.U[0] = 1;
        NativeMemory.Free(planes.U);
    }

    public static void FreesTheWhole(int width, int height) // good
    {
        var planes = Make(width, height);
        planes.U[0] = 1;
        NativeMemory.Free(planes.Y);
    }

    public static void FreesTheCursor(int size, int used) // bad: LIFE009
    {
        var block = (byte*)NativeMemory.Alloc((nuint)size);
        var cursor = block + used;
        *cursor = 0;
        NativeMemory.Free(cursor);
    }

    public static void MovedBack(int size, int head) // good
    {
        var block = (byte*)NativeMemory.Alloc((nuint)size);
        var user = block + head;
        user[0] = 1;
        NativeMemory.Free(user - head);
    }

    public static void MovedBackInPlace(int size) // good
    {
        var at = Marshal.AllocHGlobal(size) + size;
        at -= size;
        Marshal.FreeHGlobal(at);
    }

    public static void MaybeMoved(int size, bool skip) // good
    {
        var block = (byte*)NativeMemory.Alloc((nuint)size);
        var offset = skip ? 4 : 0;
        var user = block + offset;
        user[0] = 1;
        NativeMemory.Free(offset == 0 ? user : user - offset);
    }

    public static void Walked(int size, int step) // good
    {
        var block = (byte*)NativeMemory.Alloc((nuint)size);
        for (var at = block; at < block + size; at += step)
        {
            *at = 0;
        }

        NativeMemory.Free(block);
    }

    public static void Aligned(int size) // good
    {
        var block = (byte*)NativeMemory.Alloc((nuint)size + 64);
        var aligned = (byte*)(((nint)block + 63) & ~(nint)63);
        aligned[0] = 1;
        NativeMemory.Free(block);
    }

    private static byte* WithHeader(int size, int header)
    {
        var block = (byte*)NativeMemory.Alloc((nuint)(size + header));
        return block + header;
    }

    private static void Drop(byte* user, int header) => NativeMemory.Free(user - header);

    public static void BehindAHeader(int size, int header) // bad: LIFE009
    {
        var user = WithHeader(size, header);
        user[0] = 1;
        NativeMemory.Free(user);
    }

    public static void DropsTheHeader(int size, int header) // good
    {
        var user = WithHeader(size, header);
        user[0] = 1;
        Drop(user, header);
    }
}
