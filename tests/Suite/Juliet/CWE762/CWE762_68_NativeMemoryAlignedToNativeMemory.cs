// weakness: CWE-762
// variant: 68
// construct: static field of another class
using System.Runtime.InteropServices;

namespace Cases.CWE762_68_NativeMemoryAlignedToNativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        BadPlace.Data = data;
        BadPlace.BadSink();
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        GoodG2BPlace.Data = data;
        GoodG2BPlace.GoodG2BSink();
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        GoodB2GPlace.Data = data;
        GoodB2GPlace.GoodB2GSink();
    }
}

internal static unsafe class BadPlace
{
    internal static byte* Data = null;

    public static void BadSink()
    {
        byte* data = Data;
        Data = null;
        NativeMemory.Free(data);
    }
}

internal static unsafe class GoodG2BPlace
{
    internal static byte* Data = null;

    public static void GoodG2BSink()
    {
        byte* data = Data;
        Data = null;
        NativeMemory.Free(data);
    }
}

internal static unsafe class GoodB2GPlace
{
    internal static byte* Data = null;

    public static void GoodB2GSink()
    {
        byte* data = Data;
        Data = null;
        NativeMemory.AlignedFree(data);
    }
}
