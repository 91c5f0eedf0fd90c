// weakness: CWE-590
// variant: 61
// construct: result of another class's function
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_61_PinnedArrayNativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
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
        Io.PrintByte(data[0]);
    }
}

internal static unsafe class BadMaker
{
    public static byte* Make()
    {
        byte* data = null;
        data = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(GC.AllocateArray<byte>(100, pinned: true), 0);
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
        data = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(GC.AllocateArray<byte>(100, pinned: true), 0);
        data[0] = (byte)'A';
        return data;
    }
}
