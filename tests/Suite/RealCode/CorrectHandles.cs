// weakness: none
// construct: correct code, GCHandle and MemoryHandle
using System;
using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Suite.Support;

namespace Cases.RealCode.CorrectHandles;

internal static unsafe class Handles
{
    private static readonly ConcurrentDictionary<long, GCHandle> Pending = new();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void Callback(nint data);

    [DllImport("native")]
    private static extern void set_callback(nint callback, nint data);

    [DllImport("native")]
    private static extern void submit(nint data, int length);

    public static void PinnedInFinally(byte[] bytes)
    {
        var handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        try
        {
            submit(handle.AddrOfPinnedObject(), bytes.Length);
        }
        finally
        {
            handle.Free();
        }
    }

    public static void PinnedWithoutFinally(int[] numbers)
    {
        GCHandle pin = GCHandle.Alloc(numbers, GCHandleType.Pinned);
        submit(pin.AddrOfPinnedObject(), numbers.Length * sizeof(int));
        pin.Free();
    }

    public static void StaticCallbackRootedForEver()
    {
        Callback callback = OnEvent;
        GCHandle.Alloc(callback);
        set_callback(Marshal.GetFunctionPointerForDelegate(callback), 0);
    }

    public static void StaticCallbackRootedWithDiscard()
    {
        Callback callback = OnEvent;
        _ = GCHandle.Alloc(callback, GCHandleType.Normal);
        set_callback(Marshal.GetFunctionPointerForDelegate(callback), 0);
    }

    public static IntPtr PassedOnAsToIntPtr(object state) => GCHandle.ToIntPtr(GCHandle.Alloc(state));

    public static void UserDataOfNativeCallback(object state)
    {
        GCHandle handle = GCHandle.Alloc(state, GCHandleType.Normal);
        set_callback(0, GCHandle.ToIntPtr(handle));
    }

    public static void CallbackFreesIt(IntPtr data)
    {
        GCHandle handle = GCHandle.FromIntPtr(data);
        object? state = handle.Target;
        handle.Free();
        Io.PrintLine(state?.ToString() ?? "");
    }

    public static void KeptInDictionary(long id, object state) => Pending[id] = GCHandle.Alloc(state);

    public static void TakenFromDictionary(long id)
    {
        if (Pending.TryRemove(id, out GCHandle handle))
        {
            handle.Free();
        }
    }

    public static MemoryHandle CarriedByMemoryHandle(byte[] bytes, int index)
    {
        GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        return new MemoryHandle((byte*)handle.AddrOfPinnedObject() + index, handle);
    }

    public static object? StateOf(IntPtr data) => ((GCHandle)data).Target;

    public static T Wrapped<T>(byte[] bytes)
        where T : struct
    {
        GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        try
        {
            return Marshal.PtrToStructure<T>(handle.AddrOfPinnedObject());
        }
        finally
        {
            handle.Free();
        }
    }

    internal static nint AddressOf(MemoryHandle handle) => (nint)handle.Pointer;

    private static void OnEvent(nint data) => Io.PrintInt((int)data);
}

internal static class AcrossAwait
{
    public static async Task PinnedAcrossAwait(Memory<byte> memory, Func<nint, Task> send)
    {
        using MemoryHandle handle = memory.Pin();
        await send(Handles.AddressOf(handle));
    }
}

internal sealed class NativeArray<T> : MemoryManager<T>
    where T : unmanaged
{
    private nint _block;
    private readonly int _length;

    public unsafe NativeArray(int length)
    {
        _length = length;
        _block = Marshal.AllocHGlobal(length * sizeof(T));
    }

    public override unsafe Span<T> GetSpan() => new((void*)_block, _length);

    public override unsafe MemoryHandle Pin(int elementIndex = 0) => new((T*)_block + elementIndex, default, this);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (_block != 0)
        {
            Marshal.FreeHGlobal(_block);
            _block = 0;
        }
    }
}

internal sealed class Subscription : IDisposable
{
    private GCHandle _self;

    public Subscription() => _self = GCHandle.Alloc(this, GCHandleType.Weak);

    public nint Cookie => GCHandle.ToIntPtr(_self);

    public void Dispose()
    {
        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }
}

internal sealed class PinnedBuffer : IDisposable
{
    private readonly byte[] _bytes;
    private GCHandle _pin;

    public PinnedBuffer(int size)
    {
        _bytes = new byte[size];
        _pin = GCHandle.Alloc(_bytes, GCHandleType.Pinned);
        Address = _pin.AddrOfPinnedObject();
    }

    public nint Address { get; private set; }

    public void Dispose()
    {
        if (!_pin.IsAllocated)
        {
            return;
        }

        _pin.Free();
        Address = 0;
    }
}
