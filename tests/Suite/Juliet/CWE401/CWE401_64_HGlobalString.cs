// weakness: CWE-401
// variant: 64
// construct: untyped pointer or object
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_64_HGlobalString;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        void* untyped = &data;
        BadSinks.BadSink(untyped);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
        void* untyped = &data;
        GoodG2BSinks.GoodG2BSink(untyped);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        void* untyped = &data;
        GoodB2GSinks.GoodB2GSink(untyped);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(void* untyped)
    {
        nint data = *(nint*)untyped;
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(void* untyped)
    {
        nint data = *(nint*)untyped;
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(void* untyped)
    {
        nint data = *(nint*)untyped;
        Marshal.FreeHGlobal(data);
    }
}
