// weakness: CWE-416
// variant: 44
// construct: delegate
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_44_NativeMemory;

internal static unsafe class Case
{
    private delegate void Sink(byte* data);

    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
        Sink sink = BadSink;
        sink(data);
    }

    private static void BadSink(byte* data)
    {
        Io.PrintByte(data[0]);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Sink sink = GoodG2BSink;
        sink(data);
    }

    private static void GoodG2BSink(byte* data)
    {
        Io.PrintByte(data[0]);
        NativeMemory.Free(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
        Sink sink = GoodB2GSink;
        sink(data);
    }

    private static void GoodB2GSink(byte* data)
    {
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
