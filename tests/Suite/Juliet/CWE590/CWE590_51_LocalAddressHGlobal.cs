// weakness: CWE-590
// variant: 51
// construct: argument through 1 more classes
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_51_LocalAddressHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        long local = 0;
        data = (nint)(&local);
        Marshal.WriteByte(data, (byte)'A');
        BadStep1.BadSink(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodG2BStep1.GoodG2BSink(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        long local = 0;
        data = (nint)(&local);
        Marshal.WriteByte(data, (byte)'A');
        GoodB2GStep1.GoodB2GSink(data);
    }
}

internal static unsafe class BadStep1
{
    public static void BadSink(nint data)
    {
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodG2BStep1
{
    public static void GoodG2BSink(nint data)
    {
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodB2GStep1
{
    public static void GoodB2GSink(nint data)
    {
        Io.PrintByte(Marshal.ReadByte(data));
    }
}
