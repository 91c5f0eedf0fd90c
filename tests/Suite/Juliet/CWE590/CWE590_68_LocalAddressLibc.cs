// weakness: CWE-590
// variant: 68
// construct: static field of another class
using System;
using Suite.Support;

namespace Cases.CWE590_68_LocalAddressLibc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        int local = 5;
        data = (byte*)&local;
        data[0] = (byte)'A';
        BadPlace.Data = data;
        BadPlace.BadSink();
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
        GoodG2BPlace.Data = data;
        GoodG2BPlace.GoodG2BSink();
    }

    public static void GoodB2G()
    {
        byte* data = null;
        int local = 5;
        data = (byte*)&local;
        data[0] = (byte)'A';
        GoodB2GPlace.Data = data;
        GoodB2GPlace.GoodB2GSink();
    }
}

internal static unsafe class BadPlace
{
    internal static byte* Data = null;

    public static void BadSink()
    {
        byte* data = Data;
        Data = null;
        Libc.Free(data);
    }
}

internal static unsafe class GoodG2BPlace
{
    internal static byte* Data = null;

    public static void GoodG2BSink()
    {
        byte* data = Data;
        Data = null;
        Libc.Free(data);
    }
}

internal static unsafe class GoodB2GPlace
{
    internal static byte* Data = null;

    public static void GoodB2GSink()
    {
        byte* data = Data;
        Data = null;
        Io.PrintByte(data[0]);
    }
}
