// weakness: CWE-401
// construct: delegates and interfaces of native code that are handed memory or give it
using System;
using System.Runtime.InteropServices;

namespace Cases.RealCode.AnsweredByDelegates;

[ComImport, Guid("5d4b1f6e-9a0c-4f0e-8d4e-0f5a6b7c8d9e"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
internal interface IPackage
{
    [PreserveSig]
    nint GetPath();
}

// stands in for the native one in tests
internal sealed class StandIn : IPackage
{
    public nint GetPath() => Marshal.StringToCoTaskMemUni("path");
}

internal static class Packages
{
    public static string? PathGood(IPackage package) => Marshal.PtrToStringUni(package.GetPath());

    public static string? PathBad(StandIn package) => Marshal.PtrToStringUni(package.GetPath()); // bad: LIFE003

    public static int SameAddressGood(Func<int, nint, nint> serialize, int value)
    {
        nint block = Marshal.AllocHGlobal(64);
        nint data = serialize(value, block);
        int first = Marshal.ReadInt32(data);
        Marshal.FreeHGlobal(data);
        return first;
    }

    public static int OwnAddressBad(Func<int, nint, nint> serialize, int value) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(64);
        nint data = serialize(value, block);
        if (data == 0)
        {
            return -1;
        }

        int first = Marshal.ReadInt32(data);
        Marshal.FreeHGlobal(block);
        return first;
    }

    public static int CountBad(Func<int, nint, int> serialize, int value) // bad: LIFE003
    {
        nint block = Marshal.AllocHGlobal(64);
        return serialize(value, block);
    }

    public static object ContainerGood(Func<uint, nint, object> containerFactory, uint count)
    {
        nint block = Marshal.AllocHGlobal(64);
        return containerFactory(count, block);
    }
}
