// weakness: CWE-761
// variant: 15
// construct: switch (6)
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_15_HGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
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
                for (; Marshal.ReadByte(data) != 0; data += 1)
                {
                    if (Marshal.ReadByte(data) == (byte)'S')
                    {
                        Io.PrintLine("found");
                        break;
                    }
                }
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
                data = Marshal.AllocHGlobal(100);
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
                break;
        }
    }
}
