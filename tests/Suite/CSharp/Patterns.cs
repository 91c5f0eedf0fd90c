// weakness: mixed
// construct: patterns and switch expressions
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.Patterns;

internal enum Source
{
    Native,
    Task,
    Borrowed,
}

internal static unsafe class Switches
{
    public static void ExpressionGood(Source source, nint given)
    {
        nint block = source switch
        {
            Source.Native => Marshal.AllocHGlobal(8),
            Source.Task => Marshal.AllocCoTaskMem(8),
            _ => given,
        };
        Marshal.WriteByte(block, 1);
        switch (source)
        {
            case Source.Native:
                Marshal.FreeHGlobal(block);
                break;
            case Source.Task:
                Marshal.FreeCoTaskMem(block);
                break;
        }
    }

    public static void ExpressionMismatchBad(Source source) // bad: LIFE008, LIFE008
    {
        nint block = source switch
        {
            Source.Native => Marshal.AllocHGlobal(8),
            _ => Marshal.AllocCoTaskMem(8),
        };
        switch (source)
        {
            case Source.Native:
                Marshal.FreeCoTaskMem(block);
                break;
            default:
                Marshal.FreeHGlobal(block);
                break;
        }
    }

    public static void OneArmForgottenBad(Source source) // bad: LIFE004|LIFE003
    {
        nint block = Marshal.AllocHGlobal(8);
        switch (source)
        {
            case Source.Native:
                Marshal.FreeHGlobal(block);
                break;
            case Source.Task:
                break;
            default:
                Marshal.FreeHGlobal(block);
                break;
        }
    }

    public static void ReturnFromCaseBad(int kind) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        switch (kind)
        {
            case 0:
                Marshal.WriteByte(block, 1);
                break;
            case 1:
            case 2:
                return;
            case > 10 and < 20:
                Marshal.WriteByte(block, 2);
                break;
        }

        Marshal.FreeHGlobal(block);
    }

    public static void GotoCaseGood(int kind)
    {
        nint block = Marshal.AllocHGlobal(8);
        switch (kind)
        {
            case 0:
                Marshal.WriteByte(block, 1);
                goto default;
            case 1:
                goto case 0;
            default:
                Marshal.FreeHGlobal(block);
                break;
        }
    }

    public static void GotoCaseBad(int kind) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        switch (kind)
        {
            case 0:
                Marshal.FreeHGlobal(block);
                goto default;
            default:
                Marshal.FreeHGlobal(block);
                break;
        }
    }

    public static void PropertyPatternGood(string? text)
    {
        nint block = text is { Length: > 0 } ? Marshal.StringToHGlobalUni(text) : 0;
        if (text is { Length: > 0 })
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void DeclarationPatternGood(object value)
    {
        if (value is byte[] { Length: > 0 } bytes)
        {
            GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
            Io.PrintByte(Marshal.ReadByte(handle.AddrOfPinnedObject()));
            handle.Free();
        }
    }

    public static void DeclarationPatternBad(object value) // bad: LIFE004|LIFE003
    {
        GCHandle handle = GCHandle.Alloc(value);
        if (value is string text)
        {
            Io.PrintLine(text);
            handle.Free();
        }
    }

    public static void PatternOnBlockGood(int length)
    {
        byte[]? rented = length > 16 ? ArrayPool<byte>.Shared.Rent(length) : null;
        Io.PrintInt(length);
        if (rented is { } array)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    public static void PatternOnAddressGood()
    {
        nint block = (nint)Libc.Malloc(8);
        if (block is 0)
        {
            return;
        }

        Libc.Free((void*)block);
    }

    public static void PatternOnAddressBad() // bad: LIFE003|LIFE004
    {
        nint block = (nint)Libc.Malloc(8);
        if (block is not 0)
        {
            return;
        }

        Libc.Free((void*)block);
    }

    public static int FreeInArmsGood(Source source)
    {
        nint block = Marshal.AllocHGlobal(8);
        return source switch
        {
            Source.Native => Done(block, 1),
            Source.Task => Done(block, 2),
            _ => Done(block, 3),
        };
    }

    public static int FreeInArmsBad(Source source) // bad: LIFE004|LIFE003
    {
        nint block = Marshal.AllocHGlobal(8);
        return source switch
        {
            Source.Native => Done(block, 1),
            Source.Task => Marshal.ReadByte(block),
            _ => Done(block, 3),
        };
    }

    public static void WhenClauseGood(int kind, bool strict)
    {
        nint block = Marshal.AllocHGlobal(8);
        switch (kind)
        {
            case 1 when strict:
                Marshal.FreeHGlobal(block);
                return;
            case 1:
                Io.PrintInt(kind);
                break;
        }

        Marshal.FreeHGlobal(block);
    }

    public static void WhenClauseBad(int kind, bool strict) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        switch (kind)
        {
            case 1 when strict:
                Marshal.FreeHGlobal(block);
                break;
            case 1:
                Io.PrintInt(kind);
                break;
        }

        Marshal.FreeHGlobal(block);
    }

    public static void TuplePatternGood(bool left, bool right)
    {
        nint block = 0;
        switch ((left, right))
        {
            case (true, true):
                block = Marshal.AllocHGlobal(2);
                break;
            case (true, false):
                block = Marshal.AllocHGlobal(1);
                break;
        }

        if (block != 0)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void BoxedGood(int length)
    {
        object boxed = Marshal.AllocHGlobal(length);
        if (boxed is nint and not 0)
        {
            Marshal.FreeHGlobal((nint)boxed);
        }
    }

    private static int Done(nint block, int result)
    {
        Marshal.FreeHGlobal(block);
        return result;
    }
}
