// weakness: CWE-401
// variant: 01
// construct: baseline
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_01_HGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
        Io.PrintLine("nothing to do");
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        Marshal.FreeHGlobal(data);
    }
}
