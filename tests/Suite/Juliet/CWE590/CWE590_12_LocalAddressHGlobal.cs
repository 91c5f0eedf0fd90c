// weakness: CWE-590
// variant: 12
// construct: either branch, not to be foreseen
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_12_LocalAddressHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        nint data = 0;
        if (Globals.ReturnsTrueOrFalse())
        {
            long local = 0;
            data = (nint)(&local);
            Marshal.WriteByte(data, (byte)'A');
        }
        else
        {
            long local = 0;
            data = (nint)(&local);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            Marshal.FreeHGlobal(data);
        }
        else
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        else
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            Marshal.FreeHGlobal(data);
        }
        else
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.ReturnsTrueOrFalse())
        {
            long local = 0;
            data = (nint)(&local);
            Marshal.WriteByte(data, (byte)'A');
        }
        else
        {
            long local = 0;
            data = (nint)(&local);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
        else
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }
}
