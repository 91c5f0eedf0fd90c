// weakness: CWE-762
// variant: 83
// construct: field, released by using
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_83_BstrToCoTaskMem;

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
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(Marshal.ReadByte(_data));
    }

    public void Dispose() // bad: LIFE008 (or in .ctor)
    {
        Marshal.FreeCoTaskMem(_data);
        _data = 0;
    }
}

internal sealed unsafe class GoodG2BHolder : IDisposable
{
    private nint _data;

    public GoodG2BHolder()
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

    public void Dispose()
    {
        Marshal.FreeCoTaskMem(_data);
        _data = 0;
    }
}

internal sealed unsafe class GoodB2GHolder : IDisposable
{
    private nint _data;

    public GoodB2GHolder()
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(Marshal.ReadByte(_data));
    }

    public void Dispose()
    {
        Marshal.FreeBSTR(_data);
        _data = 0;
    }
}
