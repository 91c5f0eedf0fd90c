// weakness: CWE-416
// variant: 84
// construct: field, object used step by step
using System;
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE416_84_HeapMalloc;

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
    private nint _data;

    public BadHolder()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(Marshal.ReadByte(_data));
    }

    public void Dispose()
    {
        Heap.Free(_data);
    }
}

internal sealed unsafe class GoodB2GHolder : IDisposable
{
    private nint _data;

    public GoodB2GHolder()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(Marshal.ReadByte(_data));
    }

    public void Dispose()
    {
        Heap.Free(_data);
    }
}
