// weakness: CWE-416
// variant: 12
// construct: either branch, not to be foreseen
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_12_CoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        nint data = 0;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeCoTaskMem(data);
        }
        else
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeCoTaskMem(data);
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
        else
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        else
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            Io.PrintByte(Marshal.ReadByte(data));
            Marshal.FreeCoTaskMem(data);
        }
        else
        {
            Io.PrintByte(Marshal.ReadByte(data));
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeCoTaskMem(data);
        }
        else
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeCoTaskMem(data);
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
        else
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }
}
