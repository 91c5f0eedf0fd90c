// weakness: CWE-762
// variant: 63
// construct: variable passed by reference
using System.Runtime.InteropServices;

namespace Cases.CWE762_63_NativeMemoryZeroedToNativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        BadSinks.BadSink(ref data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        GoodG2BSinks.GoodG2BSink(ref data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        GoodB2GSinks.GoodB2GSink(ref data);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(ref byte* reference)
    {
        byte* data = reference;
        NativeMemory.AlignedFree(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(ref byte* reference)
    {
        byte* data = reference;
        NativeMemory.AlignedFree(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(ref byte* reference)
    {
        byte* data = reference;
        NativeMemory.Free(data);
    }
}
