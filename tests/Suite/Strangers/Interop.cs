// weakness: mixed
// construct: interop wrappers, callbacks, marshalled structs, ownership conventions
using System;
using System.Buffers;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Strangers.Interop;

[StructLayout(LayoutKind.Sequential)]
internal struct NativeOptions
{
    public nint Name;
    public nint Path;
    public int Flags;
}

internal static partial class Native
{
    [DllImport("lib")]
    public static extern int open_file(nint path, int flags);

    [DllImport("lib")]
    public static extern int send_all(nint data, int length);

    [DllImport("lib")]
    public static extern int configure(ref NativeOptions options);

    [DllImport("lib")]
    public static extern int configure_by_pointer(nint options);

    [DllImport("lib")]
    public static extern void set_callback(nint function, nint state);

    [DllImport("lib")]
    public static extern nint get_name();
}

internal sealed class NativeString : IDisposable
{
    public NativeString(string text) => Pointer = Marshal.StringToCoTaskMemUTF8(text);

    public nint Pointer { get; private set; }

    public void Dispose()
    {
        if (Pointer != nint.Zero)
        {
            Marshal.FreeCoTaskMem(Pointer);
            Pointer = nint.Zero;
        }
    }
}

internal readonly struct Pinned : IDisposable
{
    private readonly GCHandle _handle;

    public Pinned(object target) => _handle = GCHandle.Alloc(target, GCHandleType.Pinned);

    public nint Address => _handle.AddrOfPinnedObject();

    public void Dispose()
    {
        if (_handle.IsAllocated)
        {
            _handle.Free();
        }
    }
}

internal sealed class CallbackHolder : IDisposable
{
    private readonly Action<int> _callback;
    private GCHandle _self;

    public CallbackHolder(Action<int> callback)
    {
        _callback = callback;
        _self = GCHandle.Alloc(this);
        Native.set_callback(0, GCHandle.ToIntPtr(_self));
    }

    public void Raise(int value) => _callback(value);

    public void Dispose()
    {
        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }
}

internal sealed class UnmanagedBuffer : SafeBuffer
{
    public UnmanagedBuffer(int size)
        : base(ownsHandle: true)
    {
        SetHandle(Marshal.AllocHGlobal(size));
        Initialize((ulong)size);
    }

    protected override bool ReleaseHandle()
    {
        Marshal.FreeHGlobal(handle);
        return true;
    }
}

internal static class Interop
{
    public static int OpenGood(string path)
    {
        nint text = Marshal.StringToHGlobalAnsi(path);
        int result = Native.open_file(text, 0);
        Marshal.FreeHGlobal(text);
        return result;
    }

    public static int OpenBad(string path) // bad: LIFE003|LIFE004
    {
        nint text = Marshal.StringToHGlobalAnsi(path);
        return Native.open_file(text, 0);
    }

    public static int OpenInlineBad(string path) // bad: LIFE003|LIFE004
    {
        return Native.open_file(Marshal.StringToHGlobalAnsi(path), 0);
    }

    public static int OpenCheckedBad(string path) // bad: LIFE004
    {
        nint text = Marshal.StringToHGlobalAnsi(path);
        int result = Native.open_file(text, 0);
        if (result < 0)
        {
            return -1;
        }

        Marshal.FreeHGlobal(text);
        return result;
    }

    public static int OpenThrowBad(string path) // bad: LIFE005
    {
        nint text = Marshal.StringToHGlobalAnsi(path);
        int result = Native.open_file(text, 0);
        if (result < 0)
        {
            throw new Win32Exception(result);
        }

        Marshal.FreeHGlobal(text);
        return result;
    }

    public static void WrapperGood(string path)
    {
        using var text = new NativeString(path);
        Native.open_file(text.Pointer, 0);
    }

    public static void WrapperBad(string path) // bad: LIFE003|LIFE004
    {
        var text = new NativeString(path);
        Native.open_file(text.Pointer, 0);
    }

    public static void WrapperConditionalGood(string? path)
    {
        NativeString? text = path is null ? null : new NativeString(path);
        Native.open_file(text?.Pointer ?? 0, 0);
        text?.Dispose();
    }

    public static void ConfigureGood(string name, string path)
    {
        var options = new NativeOptions
        {
            Name = Marshal.StringToCoTaskMemUTF8(name),
            Path = Marshal.StringToCoTaskMemUTF8(path),
            Flags = 1,
        };
        try
        {
            Native.configure(ref options);
        }
        finally
        {
            Marshal.FreeCoTaskMem(options.Name);
            Marshal.FreeCoTaskMem(options.Path);
        }
    }

    public static void ConfigureBad(string name, string path) // bad: LIFE003|LIFE004
    {
        nint first = Marshal.StringToCoTaskMemUTF8(name);
        nint second = Marshal.StringToCoTaskMemUTF8(path);
        var options = new NativeOptions { Name = first, Path = second };
        int size = Marshal.SizeOf(options);
        Console.WriteLine(size);
        Marshal.FreeCoTaskMem(options.Name);
    }

    public static void ConfigureByPointerGood(NativeOptions options)
    {
        nint memory = Marshal.AllocHGlobal(Marshal.SizeOf<NativeOptions>());
        try
        {
            Marshal.StructureToPtr(options, memory, false);
            Native.configure_by_pointer(memory);
        }
        finally
        {
            Marshal.DestroyStructure<NativeOptions>(memory);
            Marshal.FreeHGlobal(memory);
        }
    }

    public static void ConfigureByPointerBad(NativeOptions options) // bad: LIFE007
    {
        nint memory = Marshal.AllocHGlobal(Marshal.SizeOf<NativeOptions>());
        Marshal.StructureToPtr(options, memory, false);
        Native.configure_by_pointer(memory);
        Marshal.FreeHGlobal(memory);
        Marshal.DestroyStructure<NativeOptions>(memory);
    }

    public static string? NameGood() => Marshal.PtrToStringUTF8(Native.get_name());

    public static void PinGood(byte[] data)
    {
        using var pin = new Pinned(data);
        Native.send_all(pin.Address, data.Length);
    }

    public static void PinBad(byte[] data) // bad: LIFE003|LIFE004
    {
        var pin = new Pinned(data);
        Native.send_all(pin.Address, data.Length);
    }

    public static void PinEarlyBad(byte[] data, int mode) // bad: LIFE004
    {
        GCHandle handle = GCHandle.Alloc(data, GCHandleType.Pinned);
        if (mode == 0)
        {
            return;
        }

        Native.send_all(handle.AddrOfPinnedObject(), data.Length);
        handle.Free();
    }

    public static void PinAllGood(byte[][] parts)
    {
        var handles = new GCHandle[parts.Length];
        try
        {
            for (int i = 0; i < parts.Length; i++)
            {
                handles[i] = GCHandle.Alloc(parts[i], GCHandleType.Pinned);
                Native.send_all(handles[i].AddrOfPinnedObject(), parts[i].Length);
            }
        }
        finally
        {
            foreach (GCHandle handle in handles)
            {
                if (handle.IsAllocated)
                {
                    handle.Free();
                }
            }
        }
    }

    public static void PinAfterFreeBad(byte[] data) // bad: LIFE007
    {
        GCHandle handle = GCHandle.Alloc(data, GCHandleType.Pinned);
        nint address = handle.AddrOfPinnedObject();
        handle.Free();
        Native.send_all(address, data.Length);
    }

    public static void HandleRoundTripGood(object state)
    {
        nint opaque = GCHandle.ToIntPtr(GCHandle.Alloc(state));
        GCHandle handle = GCHandle.FromIntPtr(opaque);
        Console.WriteLine(handle.Target);
        handle.Free();
    }

    public static void HandleRoundTripBad(object state) // bad: LIFE006
    {
        nint opaque = GCHandle.ToIntPtr(GCHandle.Alloc(state));
        GCHandle.FromIntPtr(opaque).Free();
        GCHandle.FromIntPtr(opaque).Free();
    }

    [UnmanagedCallersOnly]
    public static void OnEventGood(nint state, int value)
    {
        GCHandle handle = GCHandle.FromIntPtr(state);
        ((CallbackHolder)handle.Target!).Raise(value);
    }

    [UnmanagedCallersOnly]
    public static void OnFinishedGood(nint state)
    {
        GCHandle handle = GCHandle.FromIntPtr(state);
        (handle.Target as IDisposable)?.Dispose();
        handle.Free();
    }

    public static void FunctionTableGood(Action action)
    {
        nint pointer = Marshal.GetFunctionPointerForDelegate(action);
        Native.set_callback(pointer, 0);
        GC.KeepAlive(action);
    }

    public static void BstrGood(string text)
    {
        nint bstr = Marshal.StringToBSTR(text);
        Native.open_file(bstr, 1);
        Marshal.FreeBSTR(bstr);
    }

    public static void BstrBad(string text) // bad: LIFE008
    {
        nint bstr = Marshal.StringToBSTR(text);
        Native.open_file(bstr, 1);
        Marshal.FreeHGlobal(bstr);
    }

    public static void SecretGood(System.Security.SecureString secret)
    {
        nint plain = nint.Zero;
        try
        {
            plain = Marshal.SecureStringToGlobalAllocUnicode(secret);
            Native.send_all(plain, secret.Length);
        }
        finally
        {
            if (plain != nint.Zero)
            {
                Marshal.ZeroFreeGlobalAllocUnicode(plain);
            }
        }
    }

    public static void SecretBad(System.Security.SecureString secret) // bad: LIFE008
    {
        nint plain = Marshal.SecureStringToGlobalAllocUnicode(secret);
        Native.send_all(plain, secret.Length);
        Marshal.ZeroFreeCoTaskMemUnicode(plain);
    }

    public static void StringArrayGood(string[] arguments)
    {
        nint[] pointers = new nint[arguments.Length];
        try
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                pointers[i] = Marshal.StringToCoTaskMemUTF8(arguments[i]);
            }

            Native.open_file(pointers[0], pointers.Length);
        }
        finally
        {
            for (int i = 0; i < pointers.Length; i++)
            {
                Marshal.FreeCoTaskMem(pointers[i]);
            }
        }
    }

    public static unsafe void ArgvGood(List<string> arguments)
    {
        byte** argv = (byte**)NativeMemory.AllocZeroed((nuint)(arguments.Count + 1), (nuint)sizeof(byte*));
        for (int i = 0; i < arguments.Count; i++)
        {
            argv[i] = (byte*)Marshal.StringToCoTaskMemUTF8(arguments[i]);
        }

        Native.open_file((nint)argv, arguments.Count);
        for (int i = 0; i < arguments.Count; i++)
        {
            Marshal.FreeCoTaskMem((nint)argv[i]);
        }

        NativeMemory.Free(argv);
    }

    public static unsafe void ArgvBad(List<string> arguments) // bad: LIFE003|LIFE004
    {
        byte** argv = (byte**)NativeMemory.AllocZeroed((nuint)(arguments.Count + 1), (nuint)sizeof(byte*));
        for (int i = 0; i < arguments.Count; i++)
        {
            argv[i] = null;
        }

        for (int i = 0; i < arguments.Count; i++)
        {
            Marshal.FreeCoTaskMem((nint)argv[i]);
        }
    }

    public static void SafeBufferGood()
    {
        using var buffer = new UnmanagedBuffer(64);
        buffer.Write(0, (byte)1);
    }

    public static unsafe void AcquireGood(UnmanagedBuffer buffer)
    {
        byte* pointer = null;
        try
        {
            buffer.AcquirePointer(ref pointer);
            pointer[0] = 1;
        }
        finally
        {
            if (pointer != null)
            {
                buffer.ReleasePointer();
            }
        }
    }

    public static void CopyToManagedGood(nint source, int length, Stream target)
    {
        byte[] copy = ArrayPool<byte>.Shared.Rent(length);
        Marshal.Copy(source, copy, 0, length);
        target.Write(copy, 0, length);
        ArrayPool<byte>.Shared.Return(copy);
    }

    public static void LoadGood(string path)
    {
        nint library = NativeLibrary.Load(path);
        nint symbol = NativeLibrary.GetExport(library, "run");
        Console.WriteLine(symbol);
        NativeLibrary.Free(library);
    }

    public static unsafe void MemoryPinGood(Memory<byte> memory)
    {
        using MemoryHandle handle = memory.Pin();
        Native.send_all((nint)handle.Pointer, memory.Length);
    }

    public static unsafe void MemoryPinBad(Memory<byte> memory) // bad: LIFE003|LIFE004
    {
        MemoryHandle handle = memory.Pin();
        Native.send_all((nint)handle.Pointer, memory.Length);
    }

    public static nint OutOfUsingBad(string text) // bad: LIFE007|LIFE010
    {
        using var native = new NativeString(text);
        return native.Pointer;
    }

    public static void ReassignedWrapperBad(string[] names) // bad: LIFE004|LIFE003
    {
        NativeString? current = null;
        foreach (string name in names)
        {
            current = new NativeString(name);
            Native.open_file(current.Pointer, 0);
        }

        current?.Dispose();
    }

    public static void ReassignedWrapperGood(string[] names)
    {
        NativeString? current = null;
        foreach (string name in names)
        {
            current?.Dispose();
            current = new NativeString(name);
            Native.open_file(current.Pointer, 0);
        }

        current?.Dispose();
    }
}
