// weakness: CWE-416
// variant: 21
// construct: private static flag that a callee tests
using System;
using Suite.Support;

namespace Cases.CWE416_21_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        Libc.Free(data);
        s_flagBad = true;
        BadSink(data);
    }

    private static bool s_flagBad;

    private static void BadSink(byte* data)
    {
        if (s_flagBad)
        {
            Io.PrintByte(data[0]);
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        s_flagGoodG2B = true;
        GoodG2BSink(data);
    }

    private static bool s_flagGoodG2B;

    private static void GoodG2BSink(byte* data)
    {
        if (s_flagGoodG2B)
        {
            Io.PrintByte(data[0]);
            Libc.Free(data);
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        Libc.Free(data);
        s_flagGoodB2G = true;
        GoodB2GSink(data);
    }

    private static bool s_flagGoodB2G;

    private static void GoodB2GSink(byte* data)
    {
        if (s_flagGoodB2G)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}
