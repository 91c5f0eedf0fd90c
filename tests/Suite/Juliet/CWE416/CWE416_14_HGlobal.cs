// weakness: CWE-416
// variant: 14
// construct: static number of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_14_HGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        nint data = 0;
        if (Globals.Five == 5)
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeHGlobal(data);
        }
        if (Globals.Five == 5)
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Globals.Five == 5)
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.Five == 5)
        {
            Io.PrintByte(Marshal.ReadByte(data));
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (Globals.Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.Five == 5)
        {
            Io.PrintByte(Marshal.ReadByte(data));
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.Five == 5)
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeHGlobal(data);
        }
        if (Globals.Five == 5)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Globals.Five == 5)
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeHGlobal(data);
        }
        if (Globals.Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }
}
