// weakness: mixed
// construct: GCHandle
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.GCHandles;

internal static unsafe class Handles
{
    private static readonly Action Callback = () => Io.PrintLine("called");

    public static void PinGood(byte[] bytes)
    {
        GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        try
        {
            Io.PrintByte(Marshal.ReadByte(handle.AddrOfPinnedObject()));
        }
        finally
        {
            handle.Free();
        }
    }

    public static void PinBad(byte[] bytes) // bad: LIFE003|LIFE004
    {
        GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        Io.PrintByte(Marshal.ReadByte(handle.AddrOfPinnedObject()));
    }

    public static void PinGuardedFinallyGood(byte[] bytes)
    {
        GCHandle handle = default;
        try
        {
            handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
            Io.PrintByte(Marshal.ReadByte(handle.AddrOfPinnedObject()));
        }
        finally
        {
            if (handle.IsAllocated)
            {
                handle.Free();
            }
        }
    }

    public static void FreedTwiceBad(byte[] bytes) // bad: LIFE006
    {
        GCHandle handle = GCHandle.Alloc(bytes);
        handle.Free();
        handle.Free();
    }

    public static void CopyFreedTwiceBad(byte[] bytes) // bad: LIFE006
    {
        GCHandle handle = GCHandle.Alloc(bytes);
        GCHandle copy = handle;
        handle.Free();
        if (copy.IsAllocated)
        {
            copy.Free();
        }
    }

    public static void SameVariableTestedGood(byte[] bytes)
    {
        GCHandle handle = GCHandle.Alloc(bytes);
        handle.Free();
        if (handle.IsAllocated)
        {
            handle.Free();
        }
    }

    public static object? TargetAfterFreeBad(byte[] bytes) // bad: LIFE007
    {
        GCHandle handle = GCHandle.Alloc(bytes);
        handle.Free();
        return handle.Target;
    }

    public static byte AddressAfterFreeBad(byte[] bytes) // bad: LIFE007
    {
        GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        nint address = handle.AddrOfPinnedObject();
        handle.Free();
        return Marshal.ReadByte(address);
    }

    public static nint ToIntPtrHandsOverGood(object target) => GCHandle.ToIntPtr(GCHandle.Alloc(target));

    public static void RoundTripGood(object target)
    {
        nint address = GCHandle.ToIntPtr(GCHandle.Alloc(target));
        Native(address);
        GCHandle.FromIntPtr(address).Free();
    }

    public static void RoundTripBad(object target) // bad: LIFE003|LIFE004
    {
        nint address = GCHandle.ToIntPtr(GCHandle.Alloc(target));
        Io.PrintLine(GCHandle.FromIntPtr(address).Target!.ToString()!);
    }

    public static void RoundTripTwiceBad(object target) // bad: LIFE006
    {
        GCHandle handle = GCHandle.Alloc(target);
        nint address = (nint)handle;
        ((GCHandle)address).Free();
        handle.Free();
    }

    public static void NotAHandleBad() // bad: LIFE009|LIFE008
    {
        nint block = Marshal.AllocHGlobal(8);
        GCHandle.FromIntPtr(block).Free();
        Marshal.FreeHGlobal(block);
    }

    public static void AddressIsNotTheHandleBad(byte[] bytes) // bad: LIFE009|LIFE008
    {
        GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        nint address = handle.AddrOfPinnedObject();
        GCHandle.FromIntPtr(address).Free();
    }

    public static void FreeOfPinnedAddressBad(byte[] bytes) // bad: LIFE009|LIFE008
    {
        GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        nint address = handle.AddrOfPinnedObject();
        Marshal.FreeHGlobal(address);
        handle.Free();
    }

    public static void RootedForEverGood() => GCHandle.Alloc(Callback);

    public static void RootedForEverStatementGood()
    {
        Action callback = Callback;
        GCHandle.Alloc(callback);
        Native(Marshal.GetFunctionPointerForDelegate(callback));
    }

    public static void WeakGood(object target)
    {
        GCHandle handle = GCHandle.Alloc(target, GCHandleType.Weak);
        Io.PrintLine(handle.Target is null ? "gone" : "there");
        handle.Free();
    }

    public static void UserDataGood(object state)
    {
        GCHandle handle = GCHandle.Alloc(state);
        Register(&OnCalled, GCHandle.ToIntPtr(handle));
    }

    public static void OverwrittenInLoopBad(object[] targets) // bad: LIFE004|LIFE003
    {
        GCHandle handle = default;
        foreach (object target in targets)
        {
            handle = GCHandle.Alloc(target);
        }

        handle.Free();
    }

    public static void ManyGood(object[] targets)
    {
        var handles = new GCHandle[targets.Length];
        for (int i = 0; i < targets.Length; i++)
        {
            handles[i] = GCHandle.Alloc(targets[i]);
        }

        Io.PrintInt(handles.Length);
        for (int i = 0; i < handles.Length; i++)
        {
            handles[i].Free();
        }
    }

    [UnmanagedCallersOnly]
    private static void OnCalled(nint data)
    {
        GCHandle handle = GCHandle.FromIntPtr(data);
        Io.PrintLine(handle.Target!.ToString()!);
        handle.Free();
    }

    [DllImport("native")]
    private static extern void Native(nint data);

    [DllImport("native")]
    private static extern void Register(delegate* unmanaged<nint, void> callback, nint data);
}
