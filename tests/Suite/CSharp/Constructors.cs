// weakness: CWE-401
// construct: constructors that throw, ownership handed to a constructor
using System;
using System.IO;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.Constructors;

internal sealed class ThrowsAfterAcquiringBad : IDisposable
{
    private readonly nint _block;

    public ThrowsAfterAcquiringBad(int size) // bad: LIFE005|LIFE013|LIFE004
    {
        _block = Marshal.AllocHGlobal(16);
        if (size > 16)
        {
            throw new ArgumentOutOfRangeException(nameof(size));
        }
    }

    public void Dispose() => Marshal.FreeHGlobal(_block);
}

internal sealed class ThrowsBeforeAcquiringGood : IDisposable
{
    private readonly nint _block;

    public ThrowsBeforeAcquiringGood(int size)
    {
        if (size > 16)
        {
            throw new ArgumentOutOfRangeException(nameof(size));
        }

        _block = Marshal.AllocHGlobal(16);
    }

    public void Dispose() => Marshal.FreeHGlobal(_block);
}

internal sealed class FreesAndRethrowsGood : IDisposable
{
    private readonly nint _block;

    public FreesAndRethrowsGood(Stream stream)
    {
        _block = Marshal.AllocHGlobal(16);
        try
        {
            Marshal.WriteByte(_block, (byte)stream.ReadByte());
        }
        catch
        {
            Marshal.FreeHGlobal(_block);
            throw;
        }
    }

    public void Dispose() => Marshal.FreeHGlobal(_block);
}

internal sealed class Owner : IDisposable
{
    private nint _block;

    public Owner(nint block) => _block = block;

    public int First => Marshal.ReadByte(_block);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

internal sealed class Borrower
{
    private readonly nint _block;

    public Borrower(nint block) => _block = block;

    public int First => Marshal.ReadByte(_block);
}

internal sealed class Counter
{
    private readonly int _first;

    public Counter(nint block) => _first = Marshal.ReadByte(block);

    public int First => _first;
}

internal static class Givers
{
    public static void HandedOverGood()
    {
        using var owner = new Owner(Marshal.AllocHGlobal(8));
        Io.PrintInt(owner.First);
    }

    public static Owner HandedOverAndReturnedGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        return new Owner(block);
    }

    public static Owner ReturnedAfterFinallyBad() // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            return new Owner(block);
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void HandedOverAndFreedBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        using var owner = new Owner(block);
        Io.PrintInt(owner.First);
        Marshal.FreeHGlobal(block);
    }

    public static void OnlyLentBad() // bad: LIFE003|LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        var borrower = new Borrower(block);
        Io.PrintInt(borrower.First);
    }

    public static void OnlyLentGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        var borrower = new Borrower(block);
        Io.PrintInt(borrower.First);
        Marshal.FreeHGlobal(block);
    }

    public static void OnlyReadBad() // bad: LIFE003|LIFE004
    {
        var counter = new Counter(Marshal.AllocHGlobal(8));
        Io.PrintInt(counter.First);
    }

    public static void UsedAfterOwnerIsDisposedBad() // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(8);
        var owner = new Owner(block);
        owner.Dispose();
        Marshal.WriteByte(block, 1);
    }

    public static void OwnerNeverDisposedBad() // bad: LIFE003|LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        var owner = new Owner(block);
        Io.PrintInt(owner.First);
    }

    public static void ObjectInitializerGood()
    {
        var holder = new Holder { Block = Marshal.AllocHGlobal(8) };
        Io.PrintInt(Marshal.ReadByte(holder.Block));
        Marshal.FreeHGlobal(holder.Block);
    }

    public static void ObjectInitializerBad() // bad: LIFE003|LIFE004
    {
        var holder = new Holder { Block = Marshal.AllocHGlobal(8) };
        Io.PrintInt(Marshal.ReadByte(holder.Block));
    }

    public static Holder ObjectInitializerReturnedGood() => new() { Block = Marshal.AllocHGlobal(8) };

    internal sealed class Holder
    {
        public nint Block { get; set; }
    }
}

internal class BaseOwner : IDisposable
{
    protected BaseOwner(nint block) => Block = block;

    protected nint Block { get; private set; }

    public void Dispose()
    {
        Marshal.FreeHGlobal(Block);
        Block = 0;
    }
}

internal sealed class DerivedGood : BaseOwner
{
    public DerivedGood()
        : base(Marshal.AllocHGlobal(8))
    {
    }

    public int First => Marshal.ReadByte(Block);
}

internal sealed class ChainedGood : IDisposable
{
    private readonly nint _block;

    public ChainedGood()
        : this(Marshal.AllocHGlobal(8))
    {
    }

    private ChainedGood(nint block) => _block = block;

    public void Dispose() => Marshal.FreeHGlobal(_block);
}
