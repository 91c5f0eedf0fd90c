// weakness: CWE-401
// variant: 84
// construct: field, object used step by step
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_84_CoTaskMem;

internal static unsafe class Case
{
    public static void Bad()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        var holder = new BadHolder(data);
        holder.Show();
        holder.Dispose();
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
        var holder = new GoodG2BHolder(data);
        holder.Show();
        holder.Dispose();
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        var holder = new GoodB2GHolder(data);
        holder.Show();
        holder.Dispose();
    }
}

internal sealed unsafe class BadHolder : IDisposable // bad: LIFE013|LIFE003|LIFE004 (or in Bad)
{
    private nint _data;

    public BadHolder(nint data)
    {
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(Marshal.ReadByte(_data));
    }

    public void Dispose()
    {
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal sealed unsafe class GoodG2BHolder : IDisposable
{
    private nint _data;

    public GoodG2BHolder(nint data)
    {
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(Marshal.ReadByte(_data));
    }

    public void Dispose()
    {
        Io.PrintLine("nothing to do");
    }
}

internal sealed unsafe class GoodB2GHolder : IDisposable
{
    private nint _data;

    public GoodB2GHolder(nint data)
    {
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(Marshal.ReadByte(_data));
    }

    public void Dispose()
    {
        Marshal.FreeCoTaskMem(_data);
    }
}
