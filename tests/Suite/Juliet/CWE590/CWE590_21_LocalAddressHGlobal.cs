// weakness: CWE-590
// variant: 21
// construct: private static flag that a callee tests
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_21_LocalAddressHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        long local = 0;
        data = (nint)(&local);
        Marshal.WriteByte(data, (byte)'A');
        s_flagBad = true;
        BadSink(data);
    }

    private static bool s_flagBad;

    private static void BadSink(nint data)
    {
        if (s_flagBad)
        {
            Marshal.FreeHGlobal(data);
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        s_flagGoodG2B = true;
        GoodG2BSink(data);
    }

    private static bool s_flagGoodG2B;

    private static void GoodG2BSink(nint data)
    {
        if (s_flagGoodG2B)
        {
            Marshal.FreeHGlobal(data);
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        long local = 0;
        data = (nint)(&local);
        Marshal.WriteByte(data, (byte)'A');
        s_flagGoodB2G = true;
        GoodB2GSink(data);
    }

    private static bool s_flagGoodB2G;

    private static void GoodB2GSink(nint data)
    {
        if (s_flagGoodB2G)
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}
