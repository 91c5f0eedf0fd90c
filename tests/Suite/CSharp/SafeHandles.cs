// weakness: mixed
// construct: SafeHandle
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Suite.Support;

namespace Cases.SafeHandles;

internal sealed class BlockHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public BlockHandle()
        : base(ownsHandle: true)
    {
    }

    public BlockHandle(int size)
        : base(ownsHandle: true) => SetHandle(Marshal.AllocHGlobal(size));

    public BlockHandle(nint block, bool owns)
        : base(owns) => SetHandle(block);

    protected override bool ReleaseHandle()
    {
        Marshal.FreeHGlobal(handle);
        return true;
    }
}

internal sealed class ForgetfulHandle : SafeHandleZeroOrMinusOneIsInvalid // bad: LIFE013
{
    public ForgetfulHandle(int size)
        : base(ownsHandle: true) => SetHandle(Marshal.AllocHGlobal(size));

    protected override bool ReleaseHandle() => true;
}

internal static class Users
{
    public static void UsingGood()
    {
        using var handle = new BlockHandle(16);
        Io.PrintByte(Marshal.ReadByte(handle.DangerousGetHandle()));
    }

    public static void TakesOverGood()
    {
        nint block = Marshal.AllocHGlobal(16);
        using var handle = new BlockHandle(block, owns: true);
        Io.PrintByte(Marshal.ReadByte(block));
    }

    public static void TakesOverAndFreedBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(16);
        using var handle = new BlockHandle(block, owns: true);
        Marshal.FreeHGlobal(block);
    }

    public static void MarshalInitHandleGood()
    {
        var handle = new BlockHandle();
        Marshal.InitHandle(handle, Marshal.AllocHGlobal(16));
        handle.Dispose();
    }

    public static SafeFileHandle FileHandleGood(nint native) => new(native, ownsHandle: true);

    public static void UsedAfterDisposeBad() // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(16);
        var handle = new BlockHandle(block, owns: true);
        handle.Dispose();
        Marshal.WriteByte(block, 1);
    }

    public static byte OwnBlockBad() // bad: LIFE007
    {
        nint block;
        using (var handle = new BlockHandle(16))
        {
            block = handle.DangerousGetHandle();
        }

        return Marshal.ReadByte(block);
    }

    public static byte AskedAfterDisposeBad() // bad: LIFE007
    {
        var handle = new BlockHandle(16);
        handle.Dispose();
        return Marshal.ReadByte(handle.DangerousGetHandle());
    }

    public static byte OwnBlockGood()
    {
        using var handle = new BlockHandle(16);
        nint block = handle.DangerousGetHandle();
        return Marshal.ReadByte(block);
    }
}
