// weakness: CWE-401
// construct: structs whose fields begin with a block, and structs that are handed on and come back larger

using System;
using System.Runtime.InteropServices;

namespace Suite.StructInitializers;

public record struct Label(string Name, int Size) : IDisposable
{
    private nint _text = Marshal.AllocHGlobal(Size);

    public readonly byte First => Marshal.ReadByte(_text);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_text);
        _text = 0;
    }
}

public struct Slab : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(4096);

    public Slab(int used) => Used = used;

    public int Used { get; set; }

    public readonly byte First => Marshal.ReadByte(_block);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

public struct Sized : IDisposable
{
    private nint _block;

    public Sized(int size)
    {
        Size = size;
        _block = Marshal.AllocHGlobal(size);
    }

    public int Size { get; }

    public readonly byte First => Marshal.ReadByte(_block);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

public static class Labels
{
    public static byte Forgotten(string name) // bad: LIFE003
    {
        var label = new Label(name, 16);
        return label.First;
    }

    public static byte Disposed(string name) // good
    {
        using var label = new Label(name, 16);
        return label.First;
    }

    public static byte Renamed(string name) // good
    {
        var label = new Label(name, 16);
        var other = label with { Name = name + "'" };
        var first = other.First;
        other.Dispose();
        return first;
    }

    public static byte ForgottenSlab(int used) // bad: LIFE003
    {
        var slab = new Slab(used);
        return slab.First;
    }

    public static byte NoSlab() // good
    {
        var slab = default(Slab);
        return (byte)slab.Used;
    }

    public static byte DisposedSlab(int used) // good
    {
        var slab = new Slab(used);
        try
        {
            return slab.First;
        }
        finally
        {
            slab.Dispose();
        }
    }

    private static Sized Larger(Sized sized, int size)
    {
        if (sized.Size >= size)
        {
            return sized;
        }

        var larger = new Sized(size);
        sized.Dispose();
        return larger;
    }

    public static byte Grown(int rounds) // good
    {
        var sized = new Sized(8);
        for (var i = 0; i < rounds; i++)
        {
            sized = Larger(sized, i * 8);
        }

        var first = sized.First;
        sized.Dispose();
        return first;
    }

    public static byte GrownAndForgotten(int rounds) // bad: LIFE004
    {
        var sized = new Sized(8);
        for (var i = 0; i < rounds; i++)
        {
            sized = Larger(sized, i * 8);
        }

        return sized.First;
    }
}
