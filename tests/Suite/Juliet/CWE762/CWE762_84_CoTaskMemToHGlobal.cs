// weakness: CWE-762
// variant: 84
// construct: field, object used step by step
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_84_CoTaskMemToHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in Dispose)
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        var holder = new BadHolder(data);
        holder.Show();
        holder.Dispose();
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        var holder = new GoodG2BHolder(data);
        holder.Show();
        holder.Dispose();
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        var holder = new GoodB2GHolder(data);
        holder.Show();
        holder.Dispose();
    }
}

internal sealed unsafe class BadHolder : IDisposable
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
        Marshal.FreeHGlobal(_data);
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
        Marshal.FreeHGlobal(_data);
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
