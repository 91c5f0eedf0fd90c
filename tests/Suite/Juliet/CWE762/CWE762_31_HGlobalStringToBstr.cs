// weakness: CWE-762
// variant: 31
// construct: copies
using System.Runtime.InteropServices;

namespace Cases.CWE762_31_HGlobalStringToBstr;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
        nint copy = data;
        nint last = copy;
        Marshal.FreeBSTR(last);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        nint copy = data;
        nint last = copy;
        Marshal.FreeBSTR(last);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
        nint copy = data;
        nint last = copy;
        Marshal.FreeHGlobal(last);
    }
}
