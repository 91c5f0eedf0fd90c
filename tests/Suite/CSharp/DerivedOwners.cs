// weakness: CWE-401
// construct: classes derived from owners, base constructors that nobody writes, initializers beside a constructor
using System;
using System.Buffers;
using System.Runtime.InteropServices;

namespace Cases.DerivedOwners;

internal class Buffer : IDisposable
{
    protected nint _block;

    public Buffer()
    {
        _block = Marshal.AllocHGlobal(64);
    }

    public virtual void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

internal class SizedBuffer : IDisposable
{
    private nint _block;

    protected SizedBuffer(int size)
    {
        _block = Marshal.AllocHGlobal(size);
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

internal class Labelled : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(16);

    public Labelled(string label)
    {
        Label = label;
        Console.WriteLine(label);
    }

    public string Label { get; }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

internal abstract class Rented : IDisposable
{
    private byte[]? _rented;

    protected Rented(int size)
    {
        _rented = ArrayPool<byte>.Shared.Rent(size);
    }

    public int First => _rented![0];

    public void Dispose() => Dispose(true);

    protected virtual void Dispose(bool disposing)
    {
        if (_rented != null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = null;
        }
    }
}

internal class PlainBuffer : Buffer
{
}

internal class OfPlainBuffer : PlainBuffer
{
}

internal sealed class QuietBuffer : Buffer
{
    public QuietBuffer(int number)
    {
        Number = number;
    }

    public int Number { get; }
}

internal sealed class Page : SizedBuffer
{
    public Page(int size)
        : base(size)
    {
    }
}

internal sealed class LabelledPage : Labelled
{
    public LabelledPage(string label)
        : base(label)
    {
    }
}

internal class Packet : Rented
{
    public Packet()
        : base(1500)
    {
    }
}

internal sealed class NamedPacket : Packet
{
    private readonly string _name;

    public NamedPacket(string name)
    {
        _name = name;
    }

    protected override void Dispose(bool disposing)
    {
        Console.WriteLine(_name);
        base.Dispose(disposing);
    }
}

internal static class DerivedOwners
{
    public static void ImplicitConstructor() // bad: LIFE003
    {
        var buffer = new PlainBuffer();
        Console.WriteLine(buffer);
    }

    public static void TwiceImplicit() // bad: LIFE003
    {
        var buffer = new OfPlainBuffer();
        Console.WriteLine(buffer);
    }

    public static void UnwrittenBaseCall() // bad: LIFE003
    {
        var buffer = new QuietBuffer(3);
        Console.WriteLine(buffer.Number);
    }

    public static void WrittenBaseCall() // bad: LIFE003
    {
        var page = new Page(3);
        Console.WriteLine(page);
    }

    public static void InitializerAndConstructor() // bad: LIFE003
    {
        var labelled = new Labelled("a");
        Console.WriteLine(labelled.Label);
    }

    public static void InitializerOfBase() // bad: LIFE003
    {
        var page = new LabelledPage("a");
        Console.WriteLine(page.Label);
    }

    public static void PooledBase() // bad: LIFE003
    {
        var packet = new Packet();
        Console.WriteLine(packet.First);
    }

    public static void BehindItsBase() // bad: LIFE003
    {
        Buffer buffer = new PlainBuffer();
        Console.WriteLine(buffer);
    }

    public static void ImplicitConstructorGood()
    {
        using var buffer = new PlainBuffer();
        Console.WriteLine(buffer);
    }

    public static void TwiceImplicitGood()
    {
        using var buffer = new OfPlainBuffer();
        Console.WriteLine(buffer);
    }

    public static void UnwrittenBaseCallGood()
    {
        using var buffer = new QuietBuffer(3);
        Console.WriteLine(buffer.Number);
    }

    public static void WrittenBaseCallGood()
    {
        using var page = new Page(3);
        Console.WriteLine(page);
    }

    public static void InitializerOfBaseGood()
    {
        var page = new LabelledPage("a");
        try
        {
            Console.WriteLine(page.Label);
        }
        finally
        {
            page.Dispose();
        }
    }

    public static void PooledBaseGood()
    {
        using var packet = new NamedPacket("a");
        Console.WriteLine(packet.First);
    }

    public static Buffer ReturnedGood() => new PlainBuffer();
}
