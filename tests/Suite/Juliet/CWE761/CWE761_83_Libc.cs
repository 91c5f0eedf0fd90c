// weakness: CWE-761
// variant: 83
// construct: field, released by using
using System;
using Suite.Support;

namespace Cases.CWE761_83_Libc;

internal static unsafe class Case
{
    public static void Bad()
    {
        using var holder = new BadHolder();
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
    private byte* _data;

    public BadHolder()
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(_data[0]);
    }

    public void Dispose() // bad: LIFE009
    {
        for (; *_data != 0; _data++)
        {
            if (*_data == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Libc.Free(_data);
    }
}

internal sealed unsafe class GoodB2GHolder : IDisposable
{
    private byte* _data;

    public GoodB2GHolder()
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        _data = data;
    }

    public void Show()
    {
        Io.PrintByte(_data[0]);
    }

    public void Dispose()
    {
        byte* cursor = _data;
        for (; *cursor != 0; cursor++)
        {
            if (*cursor == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Libc.Free(_data);
    }
}
