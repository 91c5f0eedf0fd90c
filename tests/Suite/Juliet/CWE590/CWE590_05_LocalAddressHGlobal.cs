// weakness: CWE-590
// variant: 05
// construct: private static bool
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_05_LocalAddressHGlobal;

internal static unsafe class Case
{
    private static bool s_yes = true;
    private static bool s_no = false;

    public static void Bad() // bad: LIFE009
    {
        nint data = 0;
        if (s_yes)
        {
            long local = 0;
            data = (nint)(&local);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_yes)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (s_yes)
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_yes)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (s_no)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_yes)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (s_yes)
        {
            long local = 0;
            data = (nint)(&local);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_yes)
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (s_yes)
        {
            long local = 0;
            data = (nint)(&local);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_no)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }
}
