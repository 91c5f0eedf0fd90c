// weakness: CWE-590
// variant: 66
// construct: array element
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_66_LocalAddressHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        long local = 0;
        data = (nint)(&local);
        Marshal.WriteByte(data, (byte)'A');
        nint[] array = new nint[5];
        array[2] = data;
        BadSinks.BadSink(array);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        nint[] array = new nint[5];
        array[2] = data;
        GoodG2BSinks.GoodG2BSink(array);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        long local = 0;
        data = (nint)(&local);
        Marshal.WriteByte(data, (byte)'A');
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
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(nint[] array)
    {
        nint data = array[2];
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(nint[] array)
    {
        nint data = array[2];
        Io.PrintByte(Marshal.ReadByte(data));
    }
}
