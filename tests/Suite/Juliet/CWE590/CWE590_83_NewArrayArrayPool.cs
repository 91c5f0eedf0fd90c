// weakness: CWE-590
// variant: 83
// construct: field, released by using
using System;
using System.Buffers;
using Suite.Support;

namespace Cases.CWE590_83_NewArrayArrayPool;

internal static unsafe class Case
{
    public static void Bad()
    {
        using var holder = new BadHolder();
        holder.Show();
    }

    public static void GoodG2B()
    {
        using var holder = new GoodG2BHolder();
        holder.Show();
    }

    public static void GoodB2G()
    {
        using var holder = new GoodB2GHolder();
        holder.Show();
    }
}

internal sealed unsafe class BadHolder : IDisposable
{
    private byte[] _data;

    public BadHolder()
    {
        byte[] data = null!;
        data = new byte[100];
        data[0] = (byte)'A';
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(_data[0]);
    }

    public void Dispose() // bad: LIFE009 (or in .ctor)
    {
        ArrayPool<byte>.Shared.Return(_data);
    }
}

internal sealed unsafe class GoodG2BHolder : IDisposable
{
    private byte[] _data;

    public GoodG2BHolder()
    {
        byte[] data = null!;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(_data[0]);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_data);
    }
}

internal sealed unsafe class GoodB2GHolder : IDisposable
{
    private byte[] _data;

    public GoodB2GHolder()
    {
        byte[] data = null!;
        data = new byte[100];
        data[0] = (byte)'A';
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(_data[0]);
    }

    public void Dispose()
    {
        Io.PrintByte(_data[0]);
    }
}
