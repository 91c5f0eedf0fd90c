// weakness: CWE-401
// variant: 83
// construct: field, released by using
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_83_GCHandle;

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
    private GCHandle _data;

    public BadHolder()
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(Marshal.ReadByte(_data.AddrOfPinnedObject()));
    }

    public void Dispose()
    {
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal sealed unsafe class GoodG2BHolder : IDisposable
{
    private GCHandle _data;

    public GoodG2BHolder()
    {
        GCHandle data = default;
        data = Io.StaticHandle;
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(Marshal.ReadByte(_data.AddrOfPinnedObject()));
    }

    public void Dispose()
    {
        Io.PrintLine("nothing to do");
    }
}

internal sealed unsafe class GoodB2GHolder : IDisposable
{
    private GCHandle _data;

    public GoodB2GHolder()
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(Marshal.ReadByte(_data.AddrOfPinnedObject()));
    }

    public void Dispose()
    {
        _data.Free();
    }
}
