// weakness: CWE-761
// variant: 84
// construct: field, object used step by step
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_84_CoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009|LIFE013 (or in Seek, Dispose)
    {
        var holder = new BadHolder();
        holder.Seek();
        holder.Show();
        holder.Dispose();
    }

    public static void GoodB2G()
    {
        var holder = new GoodB2GHolder();
        holder.Seek();
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
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(Marshal.ReadByte(_data));
    }

    public void Seek()
    {
        _data += 4;
    }

    public void Dispose()
    {
        Marshal.FreeCoTaskMem(_data);
    }
}

internal sealed unsafe class GoodB2GHolder : IDisposable
{
    private nint _data;

    public GoodB2GHolder()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(Marshal.ReadByte(_data));
    }

    private nint _start;

    public void Seek()
    {
        _start = _data;
        _data += 4;
    }

    public void Dispose()
    {
        Marshal.FreeCoTaskMem(_start);
    }
}
