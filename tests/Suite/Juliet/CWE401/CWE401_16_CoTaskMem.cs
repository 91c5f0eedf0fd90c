// weakness: CWE-401
// variant: 16
// construct: while (true) with break
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_16_CoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004
    {
        nint data = 0;
        while (true)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
            break;
        }
        while (true)
        {
            // the block is not released
            Io.PrintLine("nothing to do");
            break;
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        while (true)
        {
            data = Io.StaticAddress;
            Io.PrintByte(Marshal.ReadByte(data));
            break;
        }
        while (true)
        {
            Io.PrintLine("nothing to do");
            break;
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        while (true)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
            break;
        }
        while (true)
        {
            Marshal.FreeCoTaskMem(data);
            break;
        }
    }
}
