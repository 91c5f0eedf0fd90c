// weakness: CWE-416
// variant: 45
// construct: private static field
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE416_45_HeapEmalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        s_BadData = data;
        Heap.Efree(data);
        BadSink();
    }

    private static nint s_BadData = 0;

    private static void BadSink()
    {
        nint data = s_BadData;
        s_BadData = 0;
        Io.PrintByte(Marshal.ReadByte(data));
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        s_GoodG2BData = data;
        GoodG2BSink();
    }

    private static nint s_GoodG2BData = 0;

    private static void GoodG2BSink()
    {
        nint data = s_GoodG2BData;
        s_GoodG2BData = 0;
        Io.PrintByte(Marshal.ReadByte(data));
        Heap.Efree(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        s_GoodB2GData = data;
        Heap.Efree(data);
        GoodB2GSink();
    }

    private static nint s_GoodB2GData = 0;

    private static void GoodB2GSink()
    {
        nint data = s_GoodB2GData;
        s_GoodB2GData = 0;
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
