// weakness: CWE-762
// variant: 61
// construct: result of another class's function
using System.Runtime.InteropServices;

namespace Cases.CWE762_61_NativeMemoryToNativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        byte* data = BadMaker.Make();
        NativeMemory.AlignedFree(data);
    }

    public static void GoodG2B()
    {
        byte* data = GoodG2BMaker.Make();
        NativeMemory.AlignedFree(data);
    }

    public static void GoodB2G()
    {
        byte* data = GoodB2GMaker.Make();
        NativeMemory.Free(data);
    }
}

internal static unsafe class BadMaker
{
    public static byte* Make()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        return data;
    }
}

internal static unsafe class GoodG2BMaker
{
    public static byte* Make()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        return data;
    }
}

internal static unsafe class GoodB2GMaker
{
    public static byte* Make()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        return data;
    }
}
