// weakness: CWE-761
// variant: 62
// construct: out parameter of another class's function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_62_HGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        BadMaker.Make(out nint data);
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

    public static void GoodB2G()
    {
        GoodB2GMaker.Make(out nint data);
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

internal static unsafe class BadMaker
{
    public static void Make(out nint data)
    {
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
    }
}

internal static unsafe class GoodB2GMaker
{
    public static void Make(out nint data)
    {
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
    }
}
