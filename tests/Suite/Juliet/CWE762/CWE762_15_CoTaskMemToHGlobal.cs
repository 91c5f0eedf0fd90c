// weakness: CWE-762
// variant: 15
// construct: switch (6)
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_15_CoTaskMemToHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        nint data = 0;
        switch (6)
        {
            case 6:
                data = Marshal.AllocCoTaskMem(100);
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
                data = Marshal.AllocCoTaskMem(100);
                Marshal.WriteByte(data, (byte)'A');
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                Marshal.FreeCoTaskMem(data);
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
                data = Marshal.AllocCoTaskMem(100);
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
                Marshal.FreeCoTaskMem(data);
                break;
        }
    }
}
