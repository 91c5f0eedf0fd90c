// weakness: CWE-416
// variant: 84
// construct: field, object used step by step
using System;
using System.Buffers;
using Suite.Support;

namespace Cases.CWE416_84_MemoryOwner;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in Show)
    {
        var holder = new BadHolder();
        holder.Dispose();
        holder.Show();
    }

    public static void GoodB2G()
    {
        var holder = new GoodB2GHolder();
        holder.Show();
        holder.Dispose();
    }
}

internal sealed unsafe class BadHolder : IDisposable
{
    private IMemoryOwner<byte> _data;

    public BadHolder()
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(_data.Memory.Span[0]);
    }

    public void Dispose()
    {
        _data.Dispose();
    }
}

internal sealed unsafe class GoodB2GHolder : IDisposable
{
    private IMemoryOwner<byte> _data;

    public GoodB2GHolder()
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(_data.Memory.Span[0]);
    }

    public void Dispose()
    {
        _data.Dispose();
    }
}
