// weakness: CWE-416
// variant: 45
// construct: private static field
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_45_NativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        s_BadData = data;
        NativeMemory.Free(data);
        BadSink();
    }

    private static byte* s_BadData = null;

    private static void BadSink()
    {
        byte* data = s_BadData;
        s_BadData = null;
        Io.PrintByte(data[0]);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        s_GoodG2BData = data;
        GoodG2BSink();
    }

    private static byte* s_GoodG2BData = null;

    private static void GoodG2BSink()
    {
        byte* data = s_GoodG2BData;
        s_GoodG2BData = null;
        Io.PrintByte(data[0]);
        NativeMemory.Free(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        s_GoodB2GData = data;
        NativeMemory.Free(data);
        GoodB2GSink();
    }

    private static byte* s_GoodB2GData = null;

    private static void GoodB2GSink()
    {
        byte* data = s_GoodB2GData;
        s_GoodB2GData = null;
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
