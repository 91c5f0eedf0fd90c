// weakness: CWE-590
// variant: 83
// construct: field, released by using
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_83_LocalAddressHGlobal;

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
    private nint _data;

    public BadHolder()
    {
        nint data = 0;
        data = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(GC.AllocateArray<byte>(100, pinned: true), 0);
        Marshal.WriteByte(data, (byte)'A');
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(Marshal.ReadByte(_data));
    }

    public void Dispose() // bad: LIFE009 (or in .ctor)
    {
        Marshal.FreeHGlobal(_data);
    }
}

internal sealed unsafe class GoodG2BHolder : IDisposable
{
    private nint _data;

    public GoodG2BHolder()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
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

internal sealed unsafe class GoodB2GHolder : IDisposable
{
    private nint _data;

    public GoodB2GHolder()
    {
        nint data = 0;
        data = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(GC.AllocateArray<byte>(100, pinned: true), 0);
        Marshal.WriteByte(data, (byte)'A');
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(Marshal.ReadByte(_data));
    }

    public void Dispose()
    {
        Io.PrintByte(Marshal.ReadByte(_data));
    }
}
