// weakness: CWE-762
// variant: 65
// construct: delegate to another class's function
using System.Runtime.InteropServices;

namespace Cases.CWE762_65_NativeMemoryToNativeMemoryAligned;

internal static unsafe class Case
{
    private delegate void Sink(byte* data);

    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Sink sink = BadSinks.BadSink;
        sink(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        Sink sink = GoodG2BSinks.GoodG2BSink;
        sink(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Sink sink = GoodB2GSinks.GoodB2GSink;
        sink(data);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(byte* data)
    {
        NativeMemory.AlignedFree(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(byte* data)
    {
        NativeMemory.AlignedFree(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(byte* data)
    {
        NativeMemory.Free(data);
    }
}
