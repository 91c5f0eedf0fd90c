// weakness: CWE-401
// variant: 83
// construct: field, released by using
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_83_HGlobal;

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

internal sealed unsafe class BadHolder : IDisposable // bad: LIFE013|LIFE003|LIFE004
{
    private nint _data;

    public BadHolder()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
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

    public GoodG2BHolder()
    {
        nint data = 0;
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
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

    public GoodB2GHolder()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(Marshal.ReadByte(_data));
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_data);
    }
}
