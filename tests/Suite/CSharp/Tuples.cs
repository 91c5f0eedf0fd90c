// weakness: mixed
// construct: tuples and deconstruction
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.Tuples;

internal readonly record struct Block(nint Address, int Length);

internal static unsafe class Pairs
{
    public static void DeconstructedGood(int length)
    {
        (nint block, int size) = Make(length);
        Marshal.WriteInt32(block, size);
        Marshal.FreeHGlobal(block);
    }

    public static void DeconstructedBad(int length) // bad: LIFE003|LIFE004
    {
        (nint block, int size) = Make(length);
        Marshal.WriteInt32(block, size);
    }

    public static void DiscardedPartBad(int length) // bad: LIFE003|LIFE004
    {
        (_, int size) = Make(length);
        Io.PrintInt(size);
    }

    public static void ElementGood(int length)
    {
        var pair = Make(length);
        Marshal.WriteInt32(pair.Block, pair.Size);
        Marshal.FreeHGlobal(pair.Block);
    }

    public static void ElementTwiceBad(int length) // bad: LIFE006
    {
        var pair = Make(length);
        Marshal.FreeHGlobal(pair.Block);
        Marshal.FreeHGlobal(pair.Item1);
    }

    public static void LocalPairGood()
    {
        (nint Left, nint Right) pair = (Marshal.AllocHGlobal(4), Marshal.AllocHGlobal(8));
        Marshal.FreeHGlobal(pair.Left);
        Marshal.FreeHGlobal(pair.Right);
    }

    public static void LocalPairBad() // bad: LIFE003|LIFE004
    {
        (nint Left, nint Right) pair = (Marshal.AllocHGlobal(4), Marshal.AllocHGlobal(8));
        Marshal.FreeHGlobal(pair.Left);
        Io.PrintByte(Marshal.ReadByte(pair.Right));
    }

    public static void TupleAssignmentGood()
    {
        nint first, second;
        (first, second) = (Marshal.AllocHGlobal(4), Marshal.AllocHGlobal(8));
        Marshal.FreeHGlobal(second);
        Marshal.FreeHGlobal(first);
    }

    public static void TupleAssignmentBad() // bad: LIFE004|LIFE003
    {
        nint first = Marshal.AllocHGlobal(2);
        nint second;
        (first, second) = (Marshal.AllocHGlobal(4), Marshal.AllocHGlobal(8));
        Marshal.FreeHGlobal(second);
        Marshal.FreeHGlobal(first);
    }

    public static (nint Block, int Size) Make(int length)
    {
        nint block = Marshal.AllocHGlobal(length);
        return (block, length);
    }

    public static (byte[] Buffer, int Used) RentGood(int length) => (ArrayPool<byte>.Shared.Rent(length), 0);

    public static void RentedInTupleGood(int length)
    {
        (byte[] buffer, int used) = RentGood(length);
        Io.PrintInt(used);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void RentedInTupleBad(int length) // bad: LIFE016|LIFE003|LIFE004
    {
        (byte[] buffer, int used) = RentGood(length);
        Io.PrintInt(used + buffer.Length);
    }

    public static Block RecordGood(int length) => new(Marshal.AllocHGlobal(length), length);

    public static void RecordStructGood(int length)
    {
        Block block = RecordGood(length);
        Marshal.FreeHGlobal(block.Address);
    }

    public static void RecordStructBad(int length) // bad: LIFE003|LIFE004
    {
        Block block = RecordGood(length);
        Marshal.WriteInt32(block.Address, block.Length);
    }

    public static void RecordDeconstructedGood(int length)
    {
        var (address, size) = RecordGood(length);
        Io.PrintInt(size);
        Marshal.FreeHGlobal(address);
    }

    public static void PropertiesTogetherGood(int length)
    {
        var corners = new Corners();
        (corners.Left, var used) = (Marshal.AllocHGlobal(length), length);
        (corners.Left, corners.Right) = (corners.Right, corners.Left);
        Io.PrintInt(used);
        Marshal.FreeHGlobal(corners.Right);
    }

    public static void PropertiesTogetherBad(int length) // bad: LIFE003|LIFE004
    {
        var corners = new Corners();
        (corners.Left, var used) = (Marshal.AllocHGlobal(length), length);
        Io.PrintInt(used);
    }

    private sealed class Corners
    {
        private nint _left;
        private nint _right;

        public nint Left
        {
            get => _left;
            set => _left = value;
        }

        public nint Right
        {
            get => _right;
            set
            {
                if (_right != value)
                {
                    _right = value;
                }
            }
        }
    }

    public static (nint, nint) BothOrNoneGood(int length)
    {
        nint left = Marshal.AllocHGlobal(length);
        nint right;
        try
        {
            right = Marshal.AllocHGlobal(length);
        }
        catch (OutOfMemoryException)
        {
            Marshal.FreeHGlobal(left);
            throw;
        }

        return (left, right);
    }

    public static void BothOrNeitherGood(int size)
    {
        byte[]? first = null;
        char[]? second = null;
        try
        {
            (first, second) = size < 256 ? (null, null) : (ArrayPool<byte>.Shared.Rent(size), ArrayPool<char>.Shared.Rent(size));
            Io.PrintInt(first?.Length ?? 0);
        }
        finally
        {
            if (first is not null)
            {
                ArrayPool<byte>.Shared.Return(first);
            }

            if (second is not null)
            {
                ArrayPool<char>.Shared.Return(second);
            }
        }
    }

    public static void BothOrNeitherBad(int size) // bad: LIFE003
    {
        byte[]? first = null;
        char[]? second = null;
        (first, second) = size < 256 ? (null, null) : (ArrayPool<byte>.Shared.Rent(size), ArrayPool<char>.Shared.Rent(size));
        if (first is not null)
        {
            ArrayPool<byte>.Shared.Return(first);
        }

        Io.PrintInt(second?.Length ?? 0);
    }
}
