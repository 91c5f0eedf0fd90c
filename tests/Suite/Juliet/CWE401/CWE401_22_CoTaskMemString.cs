// weakness: CWE-401
// variant: 22
// construct: static flag of another class that a callee tests
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_22_CoTaskMemString;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToCoTaskMemUTF8("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        BadFlags.Set = true;
        BadFlags.BadSink(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
        GoodG2BFlags.Set = true;
        GoodG2BFlags.GoodG2BSink(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.StringToCoTaskMemUTF8("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        GoodB2GFlags.Set = true;
        GoodB2GFlags.GoodB2GSink(data);
    }
}

internal static unsafe class BadFlags
{
    internal static bool Set;

    public static void BadSink(nint data)
    {
        if (Set)
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}

internal static unsafe class GoodG2BFlags
{
    internal static bool Set;

    public static void GoodG2BSink(nint data)
    {
        if (Set)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}

internal static unsafe class GoodB2GFlags
{
    internal static bool Set;

    public static void GoodB2GSink(nint data)
    {
        if (Set)
        {
            Marshal.FreeCoTaskMem(data);
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}
