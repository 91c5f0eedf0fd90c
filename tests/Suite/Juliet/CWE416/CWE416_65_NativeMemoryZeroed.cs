// weakness: CWE-416
// variant: 65
// construct: delegate to another class's function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_65_NativeMemoryZeroed;

internal static unsafe class Case
{
    private delegate void Sink(byte* data);

    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
        Sink sink = BadSinks.BadSink;
        sink(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        Sink sink = GoodG2BSinks.GoodG2BSink;
        sink(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
        Sink sink = GoodB2GSinks.GoodB2GSink;
        sink(data);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(byte* data)
    {
        Io.PrintByte(data[0]);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(byte* data)
    {
        Io.PrintByte(data[0]);
        NativeMemory.Free(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(byte* data)
    {
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
