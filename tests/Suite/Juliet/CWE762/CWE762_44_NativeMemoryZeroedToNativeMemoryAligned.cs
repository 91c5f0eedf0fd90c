// weakness: CWE-762
// variant: 44
// construct: delegate
using System.Runtime.InteropServices;

namespace Cases.CWE762_44_NativeMemoryZeroedToNativeMemoryAligned;

internal static unsafe class Case
{
    private delegate void Sink(byte* data);

    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        Sink sink = BadSink;
        sink(data);
    }

    private static void BadSink(byte* data)
    {
        NativeMemory.AlignedFree(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        Sink sink = GoodG2BSink;
        sink(data);
    }

    private static void GoodG2BSink(byte* data)
    {
        NativeMemory.AlignedFree(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        Sink sink = GoodB2GSink;
        sink(data);
    }

    private static void GoodB2GSink(byte* data)
    {
        NativeMemory.Free(data);
    }
}
