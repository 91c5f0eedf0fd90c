// weakness: CWE-761
// variant: 66
// construct: array element
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_66_HGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        nint[] array = new nint[5];
        array[2] = data;
        BadSinks.BadSink(array);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
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
        for (; Marshal.ReadByte(data) != 0; data += 1)
        {
            if (Marshal.ReadByte(data) == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(nint[] array)
    {
        nint data = array[2];
        nint cursor = data;
        for (; Marshal.ReadByte(cursor) != 0; cursor += 1)
        {
            if (Marshal.ReadByte(cursor) == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Marshal.FreeHGlobal(data);
    }
}
