// weakness: mixed
// construct: properties, indexers, operators, extension methods
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.Members;

internal static class Extensions
{
    public static void Release(this nint block) => Marshal.FreeHGlobal(block);

    public static nint Fill(this nint block, byte value)
    {
        Marshal.WriteByte(block, value);
        return block;
    }
}

internal sealed class Maker
{
    public static nint Fresh => Marshal.AllocHGlobal(8);

    public nint this[int size] => Marshal.AllocHGlobal(size);

    public static implicit operator nint(Maker maker) => Marshal.AllocHGlobal(maker.GetHashCode() & 15);

    public static nint operator +(Maker maker, int size) => Marshal.AllocHGlobal(size);
}

internal sealed class Slot : IDisposable
{
    private nint _block;

    public nint Block
    {
        get => _block;
        set
        {
            Marshal.FreeHGlobal(_block);
            _block = value;
        }
    }

    public void Dispose() => Block = 0;
}

internal sealed class CarelessSlot : IDisposable
{
    private nint _block;

    public int Size
    {
        set // bad: LIFE013|LIFE004|LIFE003
        {
            _block = Marshal.AllocHGlobal(value);
        }
    }

    public void Dispose() => Marshal.FreeHGlobal(_block);
}

internal static class Users
{
    public static void ExtensionGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        block.Fill(1).Release();
    }

    public static void ExtensionTwiceBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        block.Release();
        block.Release();
    }

    public static void ExtensionFillBad() // bad: LIFE003|LIFE004
    {
        Marshal.AllocHGlobal(8).Fill(1);
    }

    public static void PropertyGivesBad() // bad: LIFE003|LIFE004
    {
        nint block = Maker.Fresh;
        Marshal.WriteByte(block, 1);
    }

    public static void PropertyGivesGood()
    {
        nint block = Maker.Fresh;
        Marshal.WriteByte(block, 1);
        Marshal.FreeHGlobal(block);
    }

    public static void IndexerGivesBad(Maker maker) // bad: LIFE003|LIFE004
    {
        nint block = maker[16];
        Marshal.WriteByte(block, 1);
    }

    public static void IndexerGivesGood(Maker maker)
    {
        nint block = maker[16];
        Marshal.FreeHGlobal(block);
    }

    public static void OperatorGivesBad(Maker maker) // bad: LIFE003|LIFE004
    {
        nint block = maker + 16;
        Marshal.WriteByte(block, 1);
    }

    public static void OperatorGivesGood(Maker maker)
    {
        nint block = maker + 16;
        Marshal.FreeHGlobal(block);
    }

    public static void ConversionGivesBad(Maker maker) // bad: LIFE003|LIFE004
    {
        nint block = maker;
        Marshal.WriteByte(block, 1);
    }

    public static void SetterTakesGood()
    {
        using var slot = new Slot();
        slot.Block = Marshal.AllocHGlobal(8);
        slot.Block = Marshal.AllocHGlobal(16);
    }

    public static void SetterTakesAndFreedBad() // bad: LIFE006
    {
        using var slot = new Slot();
        nint block = Marshal.AllocHGlobal(8);
        slot.Block = block;
        Marshal.FreeHGlobal(block);
    }

    public static bool GetterEarlyReturn // the accessor is judged
    {
        get // bad: LIFE004
        {
            nint block = Marshal.AllocHGlobal(8);
            if (Globals.ReturnsTrueOrFalse())
            {
                return false;
            }

            Marshal.FreeHGlobal(block);
            return true;
        }
    }

    public static int ExpressionPropertyBad => Marshal.ReadByte(Marshal.AllocHGlobal(1)); // bad: LIFE003|LIFE004
}
