// weakness: CWE-590
// variant: 62
// construct: out parameter of another class's function
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_62_LocalAddressHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        BadMaker.Make(out nint data);
        Marshal.FreeHGlobal(data);
    }

    public static void GoodG2B()
    {
        GoodG2BMaker.Make(out nint data);
        Marshal.FreeHGlobal(data);
    }

    public static void GoodB2G()
    {
        GoodB2GMaker.Make(out nint data);
        Io.PrintByte(Marshal.ReadByte(data));
    }
}

internal static unsafe class BadMaker
{
    public static void Make(out nint data)
    {
        data = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(GC.AllocateArray<byte>(100, pinned: true), 0);
        Marshal.WriteByte(data, (byte)'A');
    }
}

internal static unsafe class GoodG2BMaker
{
    public static void Make(out nint data)
    {
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
    }
}

internal static unsafe class GoodB2GMaker
{
    public static void Make(out nint data)
    {
        data = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(GC.AllocateArray<byte>(100, pinned: true), 0);
        Marshal.WriteByte(data, (byte)'A');
    }
}
