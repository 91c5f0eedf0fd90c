// weakness: CWE-590
// variant: 42
// construct: result of a function
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_42_StackallocNativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = BadSource();
        NativeMemory.Free(data);
    }

    private static byte* BadSource()
    {
        byte* data = null;
        data = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(GC.AllocateArray<byte>(100, pinned: true), 0);
        data[0] = (byte)'A';
        return data;
    }

    public static void GoodG2B()
    {
        byte* data = GoodG2BSource();
        NativeMemory.Free(data);
    }

    private static byte* GoodG2BSource()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        return data;
    }

    public static void GoodB2G()
    {
        byte* data = GoodB2GSource();
        Io.PrintByte(data[0]);
    }

    private static byte* GoodB2GSource()
    {
        byte* data = null;
        data = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(GC.AllocateArray<byte>(100, pinned: true), 0);
        data[0] = (byte)'A';
        return data;
    }
}
