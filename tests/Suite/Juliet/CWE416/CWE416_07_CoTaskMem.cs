// weakness: CWE-416
// variant: 07
// construct: private static int
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_07_CoTaskMem;

internal static unsafe class Case
{
    private static int s_five = 5;

    public static void Bad() // bad: LIFE007
    {
        nint data = 0;
        if (s_five == 5)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeCoTaskMem(data);
        }
        if (s_five == 5)
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (s_five == 5)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_five == 5)
        {
            Io.PrintByte(Marshal.ReadByte(data));
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (s_five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_five == 5)
        {
            Io.PrintByte(Marshal.ReadByte(data));
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (s_five == 5)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeCoTaskMem(data);
        }
        if (s_five == 5)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (s_five == 5)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeCoTaskMem(data);
        }
        if (s_five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }
}
