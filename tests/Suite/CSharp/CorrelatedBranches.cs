// weakness: CWE-401
// construct: correlated branches
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CorrelatedBranches;

internal enum Mode
{
    None,
    Copy,
    Move,
}

internal static unsafe class Branches
{
    public static void SameParameterGood(bool wanted)
    {
        byte* block = null;
        if (wanted)
        {
            block = (byte*)NativeMemory.Alloc(8);
        }

        Io.PrintLine("between");
        if (wanted)
        {
            NativeMemory.Free(block);
        }
    }

    public static void OppositeParameterBad(bool wanted) // bad: LIFE003|LIFE004
    {
        byte* block = null;
        if (wanted)
        {
            block = (byte*)NativeMemory.Alloc(8);
        }

        Io.PrintLine("between");
        if (!wanted)
        {
            NativeMemory.Free(block);
        }
    }

    public static void AnotherFlagBad(bool wanted, bool finished) // bad: LIFE004
    {
        byte* block = null;
        if (wanted)
        {
            block = (byte*)NativeMemory.Alloc(8);
        }

        if (finished)
        {
            NativeMemory.Free(block);
        }
    }

    public static void EnumGood(Mode mode)
    {
        nint block = 0;
        if (mode == Mode.Copy)
        {
            block = Marshal.AllocHGlobal(32);
        }

        Io.PrintInt((int)mode);
        if (mode == Mode.Copy)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void EnumBad(Mode mode) // bad: LIFE004|LIFE003
    {
        nint block = 0;
        if (mode == Mode.Copy)
        {
            block = Marshal.AllocHGlobal(32);
        }

        Io.PrintInt((int)mode);
        if (mode == Mode.Move)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void EnumSwitchGood(Mode mode)
    {
        nint block = 0;
        switch (mode)
        {
            case Mode.Copy:
                block = Marshal.AllocHGlobal(32);
                break;
            case Mode.Move:
                block = Marshal.AllocHGlobal(64);
                break;
        }

        Io.PrintInt((int)mode);
        if (mode != Mode.None && block != 0)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void IntegerGood(int size)
    {
        byte[]? rented = null;
        if (size > 256)
        {
            rented = ArrayPool<byte>.Shared.Rent(size);
        }

        Io.PrintInt(size);
        if (size > 256)
        {
            ArrayPool<byte>.Shared.Return(rented!);
        }
    }

    public static void IntegerEqualityGood(int kind)
    {
        void* block = null;
        if (kind == 3)
        {
            block = NativeMemory.Alloc(8);
        }

        Io.PrintInt(kind);
        if (kind == 3)
        {
            NativeMemory.Free(block);
        }
    }

    public static void IntegerEqualityBad(int kind) // bad: LIFE004|LIFE003
    {
        void* block = null;
        if (kind == 3)
        {
            block = NativeMemory.Alloc(8);
        }

        Io.PrintInt(kind);
        if (kind == 4)
        {
            NativeMemory.Free(block);
        }
    }

    public static void OwnsFlagGood(byte* given)
    {
        bool owns = false;
        byte* block = given;
        if (block == null)
        {
            block = (byte*)NativeMemory.Alloc(8);
            owns = true;
        }

        *block = 1;
        if (owns)
        {
            NativeMemory.Free(block);
        }
    }

    public static void OwnsFlagBad(byte* given) // bad: LIFE003|LIFE004
    {
        bool owns = false;
        byte* block = given;
        if (block == null)
        {
            block = (byte*)NativeMemory.Alloc(8);
        }

        *block = 1;
        if (owns)
        {
            NativeMemory.Free(block);
        }
    }

    public static void FlagAgainstDoubleFreeGood(bool early)
    {
        nint block = Marshal.AllocHGlobal(4);
        bool freed = false;
        if (early)
        {
            Marshal.FreeHGlobal(block);
            freed = true;
        }

        Io.PrintLine("between");
        if (!freed)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void FlagForgottenBad(bool early) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(4);
        bool freed = false;
        if (early)
        {
            Marshal.FreeHGlobal(block);
        }

        Io.PrintLine("between");
        if (!freed)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void FlagInvertedBad(bool early) // bad: LIFE006, LIFE004|LIFE003
    {
        nint block = Marshal.AllocHGlobal(4);
        bool freed = false;
        if (early)
        {
            Marshal.FreeHGlobal(block);
            freed = true;
        }

        Io.PrintLine("between");
        if (freed)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void ClearedAgainstDoubleFreeGood(bool early)
    {
        nint block = Marshal.AllocHGlobal(4);
        if (early)
        {
            Marshal.FreeHGlobal(block);
            block = 0;
        }

        Io.PrintLine("between");
        if (block != 0)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void ElseIfChainGood(int kind)
    {
        nint block = Marshal.AllocCoTaskMem(8);
        if (kind == 1)
        {
            Marshal.FreeCoTaskMem(block);
        }
        else if (kind == 2)
        {
            Marshal.FreeCoTaskMem(block);
        }
        else
        {
            Marshal.FreeCoTaskMem(block);
        }
    }

    public static void ElseIfChainBad(int kind) // bad: LIFE004
    {
        nint block = Marshal.AllocCoTaskMem(8);
        if (kind == 1)
        {
            Marshal.FreeCoTaskMem(block);
        }
        else if (kind == 2)
        {
            Marshal.FreeCoTaskMem(block);
        }
        else if (kind == 3)
        {
            Io.PrintInt(kind);
        }
        else
        {
            Marshal.FreeCoTaskMem(block);
        }
    }

    public static void ManyFlagsGood(bool a, bool b, bool c)
    {
        nint first = a ? Marshal.AllocHGlobal(1) : 0;
        nint second = b ? Marshal.AllocHGlobal(2) : 0;
        nint third = c ? Marshal.AllocHGlobal(3) : 0;
        Io.PrintLine("between");
        if (a)
        {
            Marshal.FreeHGlobal(first);
        }

        if (b)
        {
            Marshal.FreeHGlobal(second);
        }

        if (c)
        {
            Marshal.FreeHGlobal(third);
        }
    }

    public static void ManyFlagsBad(bool a, bool b, bool c) // bad: LIFE004|LIFE003
    {
        nint first = a ? Marshal.AllocHGlobal(1) : 0;
        nint second = b ? Marshal.AllocHGlobal(2) : 0;
        nint third = c ? Marshal.AllocHGlobal(3) : 0;
        Io.PrintLine("between");
        if (a)
        {
            Marshal.FreeHGlobal(first);
        }

        if (b && c)
        {
            Marshal.FreeHGlobal(second);
        }

        if (c)
        {
            Marshal.FreeHGlobal(third);
        }
    }

    public static void StringEqualityGood(string kind)
    {
        nint block = 0;
        bool isBinary = kind == "binary";
        if (isBinary)
        {
            block = Marshal.AllocHGlobal(16);
        }

        Io.PrintLine(kind);
        if (isBinary)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void NullableSizeGood(int? size)
    {
        nint block = 0;
        if (size.HasValue)
        {
            block = Marshal.AllocHGlobal(size.Value);
        }

        Io.PrintLine("between");
        if (size.HasValue)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}
