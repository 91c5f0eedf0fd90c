// weakness: CWE-415
// variant: 84
// construct: field, object used step by step
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_84_NativeMemoryAligned;

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
    private byte* _data;

    public BadHolder()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(_data[0]);
    }

    public void Close()
    {
        NativeMemory.AlignedFree(_data);
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_data);
    }
}

internal sealed unsafe class GoodB2GHolder : IDisposable
{
    private byte* _data;

    public GoodB2GHolder()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(_data[0]);
    }

    public void Close()
    {
        if (_data != null)
        {
            NativeMemory.AlignedFree(_data);
            _data = null;
        }
    }

    public void Dispose()
    {
        Close();
    }
}
