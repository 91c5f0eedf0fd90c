// weakness: CWE-401
// construct: wrappers of native libraries: handles, callbacks, error codes, flags
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Runtime.CompilerServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Strangers.Wrappers;

[Flags]
internal enum Parts
{
    None = 0,
    Header = 1,
    Body = 2,
    Trailer = 4,
}

internal enum Status
{
    Ok = 0,
    NoMemory = 1,
    BadInput = 2,
}

internal static partial class Zip
{
    [DllImport("zip", EntryPoint = "zip_create")]
    [Allocates("zip")]
    public static extern nint Create(int level);

    [DllImport("zip", EntryPoint = "zip_destroy")]
    [Releases("zip")]
    public static extern void Destroy(nint zip);

    [DllImport("zip", EntryPoint = "zip_add")]
    public static extern int Add(nint zip, nint data, int length);

    [DllImport("zip", EntryPoint = "zip_check")]
    public static extern int Check(nint data);

    [DllImport("zip", EntryPoint = "zip_open")]
    [Allocates("zip")]
    public static extern bool TryOpen(string path, out nint zip);

    [LibraryImport("zip", EntryPoint = "zip_strerror")]
    public static partial nint Describe(int code);

    public static partial nint Describe(int code) => 0;
}

internal sealed class ZipHandle : SafeHandle
{
    public ZipHandle()
        : base(0, ownsHandle: true)
    {
    }

    public ZipHandle(nint existing)
        : base(0, ownsHandle: true) => SetHandle(existing);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Zip.Destroy(handle);
        return true;
    }
}

internal sealed class ForgetfulZipHandle : SafeHandle // bad: LIFE013 (or in .ctor)
{
    public ForgetfulZipHandle()
        : base(0, ownsHandle: true) => SetHandle(Zip.Create(1));

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => true;
}

internal static unsafe class Wrappers
{
    public static int CompressGood(ReadOnlySpan<byte> bytes)
    {
        nint zip = Zip.Create(9);
        int result;
        fixed (byte* data = bytes)
        {
            result = Zip.Add(zip, (nint)data, bytes.Length);
        }

        Zip.Destroy(zip);
        return result;
    }

    public static int CompressBad(ReadOnlySpan<byte> bytes) // bad: LIFE004|LIFE003
    {
        nint zip = Zip.Create(9);
        fixed (byte* data = bytes)
        {
            int result = Zip.Add(zip, (nint)data, bytes.Length);
            if (result != 0)
            {
                return result;
            }
        }

        Zip.Destroy(zip);
        return 0;
    }

    public static bool OpenGood(string path)
    {
        if (!Zip.TryOpen(path, out nint zip))
        {
            return false;
        }

        Zip.Destroy(zip);
        return true;
    }

    public static bool OpenBad(string path) // bad: LIFE003
    {
        return Zip.TryOpen(path, out nint zip) && Zip.Add(zip, 0, 0) == 0;
    }

    public static void OpenMismatchBad(string path) // bad: LIFE008
    {
        if (Zip.TryOpen(path, out nint zip))
        {
            Marshal.FreeHGlobal(zip);
        }
    }

    public static ZipHandle WrapGood(int level) => new(Zip.Create(level));

    public static int UseWrappedGood(int level)
    {
        using ZipHandle handle = WrapGood(level);
        return handle.IsInvalid ? 1 : 0;
    }

    public static void WrapThenDestroyBad(int level) // bad: LIFE006
    {
        nint raw = Zip.Create(level);
        using var handle = new ZipHandle(raw);
        Zip.Destroy(raw);
    }

    public static int BitsBad(bool header, bool body) // bad: LIFE004|LIFE003
    {
        Parts have = Parts.None;
        nint first = 0;
        nint second = 0;
        if (header)
        {
            first = Marshal.AllocHGlobal(16);
            have |= Parts.Header;
        }

        if (body)
        {
            second = Marshal.AllocHGlobal(64);
            have |= Parts.Body;
        }

        int total = (int)have;
        if ((have & Parts.Header) != 0)
        {
            Marshal.FreeHGlobal(first);
        }

        return total;
    }

    public static int BitsGood(bool header, bool body)
    {
        Parts have = Parts.None;
        nint first = 0;
        nint second = 0;
        if (header)
        {
            first = Marshal.AllocHGlobal(16);
            have |= Parts.Header;
        }

        if (body)
        {
            second = Marshal.AllocHGlobal(64);
            have |= Parts.Body;
        }

        int total = (int)have;
        if ((have & Parts.Header) != 0)
        {
            Marshal.FreeHGlobal(first);
        }

        if (have.HasFlag(Parts.Body))
        {
            Marshal.FreeHGlobal(second);
        }

        return total;
    }

    private static Status Reserve(int size, out nint block)
    {
        block = 0;
        if (size <= 0)
        {
            return Status.BadInput;
        }

        block = Marshal.AllocHGlobal(size);
        return Status.Ok;
    }

    public static Status StatusGood(int size)
    {
        Status status = Reserve(size, out nint block);
        if (status != Status.Ok)
        {
            return status;
        }

        Marshal.WriteByte(block, 0);
        Marshal.FreeHGlobal(block);
        return Status.Ok;
    }

    public static Status StatusBad(int size) // bad: LIFE003
    {
        Status status = Reserve(size, out nint block);
        if (status != Status.Ok)
        {
            return status;
        }

        Marshal.WriteByte(block, 0);
        return Status.Ok;
    }

    public static Status TwoStatusBad(int size) // bad: LIFE004|LIFE003
    {
        if (Reserve(size, out nint first) is not Status.Ok and var failed)
        {
            return failed;
        }

        if (Reserve(size - 1, out nint second) is not Status.Ok and var again)
        {
            return again;
        }

        Marshal.FreeHGlobal(second);
        Marshal.FreeHGlobal(first);
        return Status.Ok;
    }

    public static Status TwoStatusGood(int size)
    {
        Status status = Reserve(size, out nint first);
        if (status is Status.Ok)
        {
            status = Reserve(size - 1, out nint second);
            if (status is Status.Ok)
            {
                Marshal.FreeHGlobal(second);
            }

            Marshal.FreeHGlobal(first);
        }

        return status;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDone(nint state)
    {
        GCHandle handle = GCHandle.FromIntPtr(state);
        if (handle.Target is List<int> list)
        {
            list.Add(1);
        }

        handle.Free();
    }

    [DllImport("worker")]
    private static extern int worker_start(delegate* unmanaged[Cdecl]<nint, void> callback, nint state);

    public static bool StartGood(List<int> list)
    {
        GCHandle handle = GCHandle.Alloc(list);
        if (worker_start(&OnDone, GCHandle.ToIntPtr(handle)) != 0)
        {
            handle.Free();
            return false;
        }

        return true;
    }

    public static int SumPinnedGood(int[] values)
    {
        GCHandle pin = GCHandle.Alloc(values, GCHandleType.Pinned);
        int* p = (int*)pin.AddrOfPinnedObject();
        int sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += p[i];
        }

        pin.Free();
        return sum;
    }

    public static int SumPinnedBad(int[] values) // bad: LIFE007
    {
        GCHandle pin = GCHandle.Alloc(values, GCHandleType.Pinned);
        int* p = (int*)pin.AddrOfPinnedObject();
        pin.Free();
        int sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += p[i];
        }

        return sum;
    }

    public static string? BstrGood(nint source)
    {
        nint bstr = Marshal.StringToBSTR("query");
        try
        {
            return Marshal.PtrToStringBSTR(bstr);
        }
        finally
        {
            Marshal.ZeroFreeBSTR(bstr);
        }
    }

    public static string? BstrBad() // bad: LIFE008
    {
        nint bstr = Marshal.StringToBSTR("query");
        try
        {
            return Marshal.PtrToStringBSTR(bstr);
        }
        finally
        {
            Marshal.FreeCoTaskMem(bstr);
        }
    }

    public static void SecureBad(System.Security.SecureString secret) // bad: LIFE003
    {
        nint plain = Marshal.SecureStringToGlobalAllocUnicode(secret);
        Io.PrintInt(Marshal.ReadInt16(plain));
    }

    public static void SecureGood(System.Security.SecureString secret)
    {
        nint plain = Marshal.SecureStringToGlobalAllocUnicode(secret);
        Io.PrintInt(Marshal.ReadInt16(plain));
        Marshal.ZeroFreeGlobalAllocUnicode(plain);
    }

    public static nint[] NativeArgvGood(string[] args)
    {
        var result = new nint[args.Length];
        for (int i = 0; i < args.Length; i++)
        {
            result[i] = Marshal.StringToCoTaskMemUTF8(args[i]);
        }

        return result;
    }

    public static void FreeArgvGood(nint[] argv)
    {
        foreach (nint arg in argv)
        {
            Marshal.FreeCoTaskMem(arg);
        }
    }

    public static void FreeArgvBad(nint[] argv) // bad: LIFE006
    {
        foreach (nint arg in argv)
        {
            Marshal.FreeCoTaskMem(arg);
            if (arg != 0)
            {
                Marshal.FreeCoTaskMem(arg);
            }
        }
    }

    public static void StructToPtrGood<T>(T value)
        where T : struct
    {
        nint block = Marshal.AllocHGlobal(Marshal.SizeOf<T>());
        try
        {
            Marshal.StructureToPtr(value, block, false);
            Zip.Add(0, block, 1);
        }
        finally
        {
            Marshal.DestroyStructure<T>(block);
            Marshal.FreeHGlobal(block);
        }
    }

    public static void StructToPtrBad<T>(T value) // bad: LIFE005|LIFE004
        where T : struct
    {
        nint block = Marshal.AllocHGlobal(Marshal.SizeOf<T>());
        Marshal.StructureToPtr(value, block, false);
        if (Zip.Check(block) < 0)
        {
            throw new InvalidOperationException("add");
        }

        Marshal.FreeHGlobal(block);
    }

    public static void AlignedBad(int size) // bad: LIFE008
    {
        void* block = NativeMemory.AlignedAlloc((nuint)size, 64);
        NativeMemory.Clear(block, (nuint)size);
        NativeMemory.Free(block);
    }

    public static void AlignedGood(int size)
    {
        void* block = NativeMemory.AlignedAlloc((nuint)size, 64);
        NativeMemory.Clear(block, (nuint)size);
        NativeMemory.AlignedFree(block);
    }

    public static void AlignedReallocBad(int size) // bad: LIFE007
    {
        byte* block = (byte*)NativeMemory.AlignedAlloc((nuint)size, 64);
        byte* grown = (byte*)NativeMemory.AlignedRealloc(block, (nuint)size * 2, 64);
        block[0] = 1;
        NativeMemory.AlignedFree(grown);
    }

    public static int SentinelBad(int size) // bad: LIFE004|LIFE003
    {
        nint block = -1;
        if (size > 0)
        {
            block = Marshal.AllocHGlobal(size);
        }

        if (block == -1)
        {
            return 0;
        }

        if (size > 1024)
        {
            return -1;
        }

        Marshal.FreeHGlobal(block);
        return size;
    }

    public static int SentinelGood(int size)
    {
        nint block = -1;
        if (size > 0)
        {
            block = Marshal.AllocHGlobal(size);
        }

        int result = size > 1024 ? -1 : size;
        if (block != -1)
        {
            Marshal.FreeHGlobal(block);
        }

        return result;
    }
}
