// weakness: CWE-401
// variant: 66
// construct: array element
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_66_HGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        nint[] array = new nint[5];
        array[2] = data;
        BadSinks.BadSink(array);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
        nint[] array = new nint[5];
        array[2] = data;
        GoodG2BSinks.GoodG2BSink(array);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        nint[] array = new nint[5];
        array[2] = data;
        GoodB2GSinks.GoodB2GSink(array);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(nint[] array)
    {
        nint data = array[2];
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(nint[] array)
    {
        nint data = array[2];
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(nint[] array)
    {
        nint data = array[2];
        Marshal.FreeHGlobal(data);
    }
}
