// weakness: CWE-401
// variant: 12
// construct: either branch, not to be foreseen
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_12_HGlobalString;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004, LIFE003|LIFE004
    {
        nint data = 0;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        else
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
        else
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = Io.StaticAddress;
            Io.PrintByte(Marshal.ReadByte(data));
        }
        else
        {
            data = Io.StaticAddress;
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        else
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            Marshal.FreeHGlobal(data);
        }
        else
        {
            Marshal.FreeHGlobal(data);
        }
    }
}
