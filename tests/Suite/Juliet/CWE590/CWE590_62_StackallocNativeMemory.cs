// weakness: CWE-590
// variant: 62
// construct: out parameter of another class's function
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_62_StackallocNativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        BadMaker.Make(out byte* data);
        NativeMemory.Free(data);
    }

    public static void GoodG2B()
    {
        GoodG2BMaker.Make(out byte* data);
        NativeMemory.Free(data);
    }

    public static void GoodB2G()
    {
        GoodB2GMaker.Make(out byte* data);
        Io.PrintByte(data[0]);
    }
}

internal static unsafe class BadMaker
{
    public static void Make(out byte* data)
    {
        data = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(GC.AllocateArray<byte>(100, pinned: true), 0);
        data[0] = (byte)'A';
    }
}

internal static unsafe class GoodG2BMaker
{
    public static void Make(out byte* data)
    {
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
    }
}

internal static unsafe class GoodB2GMaker
{
    public static void Make(out byte* data)
    {
        data = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(GC.AllocateArray<byte>(100, pinned: true), 0);
        data[0] = (byte)'A';
    }
}
