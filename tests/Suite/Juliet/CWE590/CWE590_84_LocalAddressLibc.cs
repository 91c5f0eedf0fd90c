// weakness: CWE-590
// variant: 84
// construct: field, object used step by step
using System;
using Suite.Support;

namespace Cases.CWE590_84_LocalAddressLibc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in Dispose)
    {
        byte* data = null;
        int local = 5;
        data = (byte*)&local;
        data[0] = (byte)'A';
        var holder = new BadHolder(data);
        holder.Show();
        holder.Dispose();
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        var holder = new GoodG2BHolder(data);
        holder.Show();
        holder.Dispose();
    }

    public static void GoodB2G()
    {
        byte* data = null;
        int local = 5;
        data = (byte*)&local;
        data[0] = (byte)'A';
        var holder = new GoodB2GHolder(data);
        holder.Show();
        holder.Dispose();
    }
}

internal sealed unsafe class BadHolder : IDisposable
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
        Libc.Free(_data);
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
        Libc.Free(_data);
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
        Io.PrintByte(_data[0]);
    }
}
