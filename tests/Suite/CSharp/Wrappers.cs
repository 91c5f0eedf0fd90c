// weakness: mixed
// construct: wrapper classes, factories, partial and derived types
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.Wrappers;

internal sealed class Box : IDisposable
{
    private nint _block;

    private Box(nint block) => _block = block;

    public nint Address => _block;

    public static Box Create(int size) => new(Marshal.AllocHGlobal(size));

    public static Box Adopt(nint block) => new(block);

    public nint Detach()
    {
        nint block = _block;
        _block = 0;
        return block;
    }

    public void Dispose()
    {
        if (_block != 0)
        {
            Marshal.FreeHGlobal(_block);
            _block = 0;
        }
    }
}

internal sealed partial class Split : IDisposable
{
    private readonly nint _block = Marshal.AllocHGlobal(8);

    public int First => Marshal.ReadByte(_block);
}

internal sealed partial class Split
{
    public void Dispose() => Marshal.FreeHGlobal(_block);
}

internal abstract class BaseResource : IDisposable
{
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}

internal sealed class DerivedGood : BaseResource
{
    private nint _block = Marshal.AllocHGlobal(8);

    protected override void Dispose(bool disposing)
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
        base.Dispose(disposing);
    }
}

internal sealed class DerivedBad : BaseResource // bad: LIFE013
{
    private readonly nint _block = Marshal.AllocHGlobal(8);

    public int First => Marshal.ReadByte(_block);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Io.PrintLine("disposing");
        }

        base.Dispose(disposing);
    }
}

internal sealed class OnlyWhenFinalizingBad : IDisposable // bad: LIFE013|LIFE004
{
    private readonly nint _block = Marshal.AllocHGlobal(8);

    ~OnlyWhenFinalizingBad() => Dispose(false);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    private void Dispose(bool disposing)
    {
        if (!disposing)
        {
            Marshal.FreeHGlobal(_block);
        }
    }
}

internal sealed class ArrayOfBlocksGood : IDisposable
{
    private readonly nint[] _blocks = new nint[4];

    public ArrayOfBlocksGood()
    {
        for (int i = 0; i < _blocks.Length; i++)
        {
            _blocks[i] = Marshal.AllocHGlobal(8);
        }
    }

    public void Dispose()
    {
        for (int i = 0; i < _blocks.Length; i++)
        {
            Marshal.FreeHGlobal(_blocks[i]);
            _blocks[i] = 0;
        }
    }
}

internal sealed class StructField : IDisposable
{
    private Buffers _buffers;

    public StructField() => _buffers.Front = Marshal.AllocHGlobal(8);

    public void Dispose() => Marshal.FreeHGlobal(_buffers.Front);

    private struct Buffers
    {
        public nint Front;
    }
}

internal sealed class StructFieldBad : IDisposable // bad: LIFE013
{
    private Buffers _buffers;

    public StructFieldBad()
    {
        _buffers.Front = Marshal.AllocHGlobal(8);
        _buffers.Back = Marshal.AllocHGlobal(8);
    }

    public int First => Marshal.ReadByte(_buffers.Back);

    public void Dispose() => Marshal.FreeHGlobal(_buffers.Front);

    private struct Buffers
    {
        public nint Front;
        public nint Back;
    }
}

internal static class Users
{
    public static void CreateUsingGood()
    {
        using Box box = Box.Create(8);
        Marshal.WriteByte(box.Address, 1);
    }

    public static void DetachGood()
    {
        using Box box = Box.Create(8);
        Marshal.FreeHGlobal(box.Detach());
    }

    public static void AdoptGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        using Box box = Box.Adopt(block);
        Marshal.WriteByte(block, 1);
    }

    public static void AdoptAndFreeBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        using Box box = Box.Adopt(block);
        Marshal.WriteByte(block, 1);
        Marshal.FreeHGlobal(block);
    }

    public static void AddressFreedBad() // bad: LIFE006
    {
        using Box box = Box.Create(8);
        Marshal.FreeHGlobal(box.Address);
    }

    public static void AddressUsedAfterDisposeBad() // bad: LIFE007
    {
        Box box = Box.Create(8);
        nint address = box.Address;
        box.Dispose();
        Marshal.WriteByte(address, 1);
    }

    public static nint AddressOutlivesUsingBad() // bad: LIFE007|LIFE010
    {
        using Box box = Box.Create(8);
        return box.Address;
    }

    public static void DisposeTwiceGood()
    {
        Box box = Box.Create(8);
        box.Dispose();
        box.Dispose();
    }

    public static void NeverDisposedBad() // bad: LIFE003|LIFE004
    {
        Box box = Box.Create(8);
        Marshal.WriteByte(box.Address, 1);
    }

    public static Box ReturnedGood(bool fill)
    {
        Box box = Box.Create(8);
        if (fill)
        {
            Marshal.WriteByte(box.Address, 1);
        }

        return box;
    }

    public static void ConditionallyReplacedGood(bool bigger)
    {
        Box box = Box.Create(8);
        try
        {
            if (bigger)
            {
                Box old = box;
                box = Box.Create(80);
                old.Dispose();
            }

            Marshal.WriteByte(box.Address, 1);
        }
        finally
        {
            box.Dispose();
        }
    }
}
