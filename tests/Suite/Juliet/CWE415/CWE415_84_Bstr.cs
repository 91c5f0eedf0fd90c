// weakness: CWE-415
// variant: 84
// construct: field, object used step by step
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_84_Bstr;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006|LIFE013 (or in Close, Dispose)
    {
        var holder = new BadHolder();
        holder.Show();
        holder.Close();
        holder.Dispose();
    }

    public static void GoodB2G()
    {
        var holder = new GoodB2GHolder();
        holder.Show();
        holder.Close();
        holder.Dispose();
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

    public void Close()
    {
        Marshal.FreeBSTR(_data);
    }

    public void Dispose()
    {
        Marshal.FreeBSTR(_data);
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

    public void Close()
    {
        if (_data != 0)
        {
            Marshal.FreeBSTR(_data);
            _data = 0;
        }
    }

    public void Dispose()
    {
        Close();
    }
}
