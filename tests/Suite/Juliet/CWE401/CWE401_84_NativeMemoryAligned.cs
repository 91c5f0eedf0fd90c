// weakness: CWE-401
// variant: 84
// construct: field, object used step by step
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_84_NativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        var holder = new BadHolder(data);
        holder.Show();
        holder.Dispose();
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = Io.StaticBuffer;
        Io.PrintByte(data[0]);
        var holder = new GoodG2BHolder(data);
        holder.Show();
        holder.Dispose();
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        var holder = new GoodB2GHolder(data);
        holder.Show();
        holder.Dispose();
    }
}

internal sealed unsafe class BadHolder : IDisposable // bad: LIFE013|LIFE003|LIFE004 (or in Bad)
{
    private byte* _data;

    public BadHolder(byte* data)
    {
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(_data[0]);
    }

    public void Dispose()
    {
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal sealed unsafe class GoodG2BHolder : IDisposable
{
    private byte* _data;

    public GoodG2BHolder(byte* data)
    {
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(_data[0]);
    }

    public void Dispose()
    {
        Io.PrintLine("nothing to do");
    }
}

internal sealed unsafe class GoodB2GHolder : IDisposable
{
    private byte* _data;

    public GoodB2GHolder(byte* data)
    {
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(_data[0]);
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_data);
    }
}
