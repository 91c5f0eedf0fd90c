// weakness: CWE-590
// variant: 01
// construct: baseline
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_01_LocalAddressHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        nint data = 0;
        long local = 0;
        data = (nint)(&local);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeHGlobal(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeHGlobal(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        long local = 0;
        data = (nint)(&local);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
    }
}
