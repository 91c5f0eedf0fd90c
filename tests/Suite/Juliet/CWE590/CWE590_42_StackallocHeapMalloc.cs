// weakness: CWE-590
// variant: 42
// construct: result of a function
using System;
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE590_42_StackallocHeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = BadSource();
        Heap.Free(data);
    }

    private static nint BadSource()
    {
        nint data = 0;
        data = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(GC.AllocateArray<byte>(100, pinned: true), 0);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }

    public static void GoodG2B()
    {
        nint data = GoodG2BSource();
        Heap.Free(data);
    }

    private static nint GoodG2BSource()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }

    public static void GoodB2G()
    {
        nint data = GoodB2GSource();
        Io.PrintByte(Marshal.ReadByte(data));
    }

    private static nint GoodB2GSource()
    {
        nint data = 0;
        data = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(GC.AllocateArray<byte>(100, pinned: true), 0);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}
