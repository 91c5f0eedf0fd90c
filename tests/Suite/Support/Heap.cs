using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace LifetimeAnalyzers;

/// <summary>A minimal twin of the runtime's heap: the same names and signatures, no more behaviour than cases need.</summary>
public static unsafe class Heap
{
    public static nint Malloc(nuint bytes) => (nint)NativeMemory.Alloc(bytes);

    public static nint Calloc(nuint count, nuint size) => (nint)NativeMemory.AllocZeroed(count, size);

    public static nint Realloc(nint block, nuint bytes) => (nint)NativeMemory.Realloc((void*)block, bytes);

    public static T* Malloc<T>(nuint count)
        where T : unmanaged => (T*)NativeMemory.Alloc(count, (nuint)sizeof(T));

    public static void Free(nint block) => NativeMemory.Free((void*)block);

    public static void Free(void* block) => NativeMemory.Free(block);

    public static nint Emalloc(nuint bytes) => RequestScope.Required.Take(bytes);

    public static nint Ecalloc(nuint count, nuint size) => RequestScope.Required.Take(count * size);

    public static nint Erealloc(nint block, nuint bytes) => RequestScope.Required.Take(bytes);

    public static T* Emalloc<T>(nuint count)
        where T : unmanaged => (T*)RequestScope.Required.Take(count * (nuint)sizeof(T));

    public static Span<T> EmallocSpan<T>(int count)
        where T : unmanaged => new((void*)RequestScope.Required.Take((nuint)count * (nuint)sizeof(T)), count);

    public static void Efree(nint block) => RequestScope.Required.Give(block);

    public static void Efree(void* block) => RequestScope.Required.Give((nint)block);
}

/// <summary>A minimal twin of the runtime's request scope.</summary>
public sealed class RequestScope : IDisposable
{
    private static readonly AsyncLocal<RequestScope?> Ambient = new();
    private readonly byte[] _arena = GC.AllocateArray<byte>(1 << 16, pinned: true);
    private int _used;

    private RequestScope()
    {
    }

    public static RequestScope? Current => Ambient.Value;

    internal static RequestScope Required => Ambient.Value ?? throw new InvalidOperationException("No request scope is open.");

    public static RequestScope Begin()
    {
        var scope = new RequestScope();
        Ambient.Value = scope;
        return scope;
    }

    public nint Emalloc(nuint bytes) => Take(bytes);

    public void Efree(nint block) => Give(block);

    public void Dispose() => Ambient.Value = null;

    internal nint Take(nuint bytes)
    {
        int start = _used;
        _used += (int)bytes;
        return Marshal.UnsafeAddrOfPinnedArrayElement(_arena, start);
    }

    internal void Give(nint block) => _used = block == 0 ? _used : Math.Max(0, _used - 1);
}
