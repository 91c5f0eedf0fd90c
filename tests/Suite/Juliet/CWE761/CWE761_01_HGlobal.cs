// weakness: CWE-761
// variant: 01
// construct: baseline
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_01_HGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
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
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
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
