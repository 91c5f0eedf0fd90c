// weakness: CWE-762
// variant: 21
// construct: private static flag that a callee tests
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_21_BstrToCoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        s_flagBad = true;
        BadSink(data);
    }

    private static bool s_flagBad;

    private static void BadSink(nint data)
    {
        if (s_flagBad)
        {
            Marshal.FreeCoTaskMem(data);
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        s_flagGoodG2B = true;
        GoodG2BSink(data);
    }

    private static bool s_flagGoodG2B;

    private static void GoodG2BSink(nint data)
    {
        if (s_flagGoodG2B)
        {
            Marshal.FreeCoTaskMem(data);
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        s_flagGoodB2G = true;
        GoodB2GSink(data);
    }

    private static bool s_flagGoodB2G;

    private static void GoodB2GSink(nint data)
    {
        if (s_flagGoodB2G)
        {
            Marshal.FreeBSTR(data);
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}
