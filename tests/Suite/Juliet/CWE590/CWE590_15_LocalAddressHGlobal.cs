// weakness: CWE-590
// variant: 15
// construct: switch (6)
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_15_LocalAddressHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        nint data = 0;
        switch (6)
        {
            case 6:
                long local = 0;
                data = (nint)(&local);
                Marshal.WriteByte(data, (byte)'A');
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                Marshal.FreeHGlobal(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        switch (6)
        {
            case 6:
                data = Marshal.AllocHGlobal(100);
                Marshal.WriteByte(data, (byte)'A');
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                Marshal.FreeHGlobal(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        switch (5)
        {
            case 6:
                Io.PrintLine("nothing to do");
                break;
            default:
                data = Marshal.AllocHGlobal(100);
                Marshal.WriteByte(data, (byte)'A');
                break;
        }
        switch (6)
        {
            case 6:
                Marshal.FreeHGlobal(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        switch (6)
        {
            case 6:
                long local = 0;
                data = (nint)(&local);
                Marshal.WriteByte(data, (byte)'A');
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                Io.PrintByte(Marshal.ReadByte(data));
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        switch (6)
        {
            case 6:
                long local = 0;
                data = (nint)(&local);
                Marshal.WriteByte(data, (byte)'A');
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (5)
        {
            case 6:
                Io.PrintLine("nothing to do");
                break;
            default:
                Io.PrintByte(Marshal.ReadByte(data));
                break;
        }
    }
}
