// weakness: CWE-401
// variant: 68
// construct: static field of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_68_Bstr;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        BadPlace.Data = data;
        BadPlace.BadSink();
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
        GoodG2BPlace.Data = data;
        GoodG2BPlace.GoodG2BSink();
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        GoodB2GPlace.Data = data;
        GoodB2GPlace.GoodB2GSink();
    }
}

internal static unsafe class BadPlace
{
    internal static nint Data = 0;

    public static void BadSink()
    {
        nint data = Data;
        Data = 0;
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodG2BPlace
{
    internal static nint Data = 0;

    public static void GoodG2BSink()
    {
        nint data = Data;
        Data = 0;
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodB2GPlace
{
    internal static nint Data = 0;

    public static void GoodB2GSink()
    {
        nint data = Data;
        Data = 0;
        Marshal.FreeBSTR(data);
    }
}
