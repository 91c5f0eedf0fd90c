// weakness: CWE-415
// construct: memory that grows where it lies, or somewhere else, and releases that say by a number whether they have failed
using System;
using System.Runtime.InteropServices;

namespace Cases.RealCode.GrownInPlace;

internal unsafe struct Piece
{
    public void* Pointer;
    public int Length;
}

internal static unsafe class Pieces
{
    public static Piece Reallocate(void* pointer, int before, int length)
    {
        if (length == before)
        {
            return new Piece { Pointer = pointer, Length = before };
        }

        void* other = NativeMemory.AlignedAlloc((nuint)length, 16);
        Buffer.MemoryCopy(pointer, other, length, Math.Min(before, length));
        NativeMemory.AlignedFree(pointer);
        return new Piece { Pointer = other, Length = length };
    }

    public static void GrowGood(ref Piece piece, int length)
    {
        int before = piece.Length;
        Piece grown = Reallocate(piece.Pointer, before, length);
        if (grown.Length == before && grown.Pointer == piece.Pointer)
        {
            return;
        }

        piece = grown;
    }

    public static void FreeGood(ref Piece piece)
    {
        NativeMemory.AlignedFree(piece.Pointer);
        piece = default;
    }

    public static void TwiceGood()
    {
        var piece = new Piece { Pointer = NativeMemory.AlignedAlloc(16, 16), Length = 16 };
        GrowGood(ref piece, 500);
        GrowGood(ref piece, 5000);
        FreeGood(ref piece);
    }

    public static void FreedTwiceBad() // bad: LIFE006
    {
        void* pointer = NativeMemory.AlignedAlloc(16, 16);
        NativeMemory.AlignedFree(pointer);
        NativeMemory.AlignedFree(pointer);
    }
}

internal sealed unsafe class Store : IDisposable
{
    private void* _pointer;
    private int _length;

    public Store(int length)
    {
        _pointer = NativeMemory.AlignedAlloc((nuint)length, 16);
        _length = length;
    }

    public int GrowGood(int length)
    {
        void* old = _pointer;
        Piece grown = Pieces.Reallocate(old, _length, length);
        if (grown.Length == _length && grown.Pointer == old)
        {
            return 0;
        }

        int more = grown.Length - _length;
        _pointer = grown.Pointer;
        _length = grown.Length;
        return more;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_pointer);
        _pointer = null;
    }
}

internal static unsafe class Pages
{
    [DllImport("kernel32")]
    private static extern int VirtualFree(void* address, nint size, int type);

    [DllImport("kernel32")]
    private static extern void* VirtualAlloc(void* address, nint size, int type, int protection);

    [DllImport("kernel32")]
    private static extern nint VirtualQuery(void* address, void* information, nint length);

    public static void* TakeGood(nint size) => VirtualAlloc(null, size, 0x3000, 4);

    public static int FreeGood(void* address)
    {
        int error = 0;
        if (VirtualFree(address, 0, 0x8000) == 0)
        {
            error = Marshal.GetLastWin32Error();
        }

        if (error == 487)
        {
            byte* information = stackalloc byte[64];
            return (int)VirtualQuery(address, information, 64);
        }

        return error;
    }

    public static int AskedAfterwardsBad(void* address) // bad: LIFE007
    {
        if (VirtualFree(address, 0, 0x8000) != 0)
        {
            byte* information = stackalloc byte[64];
            return (int)VirtualQuery(address, information, 64);
        }

        return 0;
    }
}
