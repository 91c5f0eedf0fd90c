// weakness: CWE-590
// variant: 65
// construct: delegate to another class's function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_65_StackallocNativeMemory;

internal static unsafe class Case
{
    private delegate void Sink(byte* data);

    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        byte* buffer = stackalloc byte[100];
        data = buffer;
        data[0] = (byte)'A';
        Sink sink = BadSinks.BadSink;
        sink(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Sink sink = GoodG2BSinks.GoodG2BSink;
        sink(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        byte* buffer = stackalloc byte[100];
        data = buffer;
        data[0] = (byte)'A';
        Sink sink = GoodB2GSinks.GoodB2GSink;
        sink(data);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(byte* data)
    {
        NativeMemory.Free(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(byte* data)
    {
        NativeMemory.Free(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(byte* data)
    {
        Io.PrintByte(data[0]);
    }
}
