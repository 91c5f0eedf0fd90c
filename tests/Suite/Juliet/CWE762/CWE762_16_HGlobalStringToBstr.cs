// weakness: CWE-762
// variant: 16
// construct: while (true) with break
using System.Runtime.InteropServices;

namespace Cases.CWE762_16_HGlobalStringToBstr;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        nint data = 0;
        while (true)
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
            break;
        }
        while (true)
        {
            Marshal.FreeBSTR(data);
            break;
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        while (true)
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
            break;
        }
        while (true)
        {
            Marshal.FreeBSTR(data);
            break;
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        while (true)
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
            break;
        }
        while (true)
        {
            Marshal.FreeHGlobal(data);
            break;
        }
    }
}
