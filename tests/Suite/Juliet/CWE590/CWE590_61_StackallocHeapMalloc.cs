// weakness: CWE-590
// variant: 61
// construct: result of another class's function
using System;
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE590_61_StackallocHeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = BadMaker.Make();
        Heap.Free(data);
    }

    public static void GoodG2B()
    {
        nint data = GoodG2BMaker.Make();
        Heap.Free(data);
    }

    public static void GoodB2G()
    {
        nint data = GoodB2GMaker.Make();
        Io.PrintByte(Marshal.ReadByte(data));
    }
}

internal static unsafe class BadMaker
{
    public static nint Make()
    {
        nint data = 0;
        data = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(GC.AllocateArray<byte>(100, pinned: true), 0);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}

internal static unsafe class GoodG2BMaker
{
    public static nint Make()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}

internal static unsafe class GoodB2GMaker
{
    public static nint Make()
    {
        nint data = 0;
        data = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(GC.AllocateArray<byte>(100, pinned: true), 0);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}
