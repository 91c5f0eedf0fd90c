// weakness: CWE-590
// variant: 43
// construct: ref parameter that a callee fills
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_43_LocalAddressHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        BadSource(ref data);
        Marshal.FreeHGlobal(data);
    }

    private static void BadSource(ref nint data)
    {
        data = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(GC.AllocateArray<byte>(100, pinned: true), 0);
        Marshal.WriteByte(data, (byte)'A');
    }

    public static void GoodG2B()
    {
        nint data = 0;
        GoodG2BSource(ref data);
        Marshal.FreeHGlobal(data);
    }

    private static void GoodG2BSource(ref nint data)
    {
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
    }

    public static void GoodB2G()
    {
        nint data = 0;
        GoodB2GSource(ref data);
        Io.PrintByte(Marshal.ReadByte(data));
    }

    private static void GoodB2GSource(ref nint data)
    {
        data = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(GC.AllocateArray<byte>(100, pinned: true), 0);
        Marshal.WriteByte(data, (byte)'A');
    }
}
