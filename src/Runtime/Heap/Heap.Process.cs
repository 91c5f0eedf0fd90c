using System.Runtime.CompilerServices;

namespace LifetimeAnalyzers;

/// <summary>
/// PHP's two memories. <c>Malloc</c> gives process-lifetime blocks, straight from the system, neither limited nor
/// released by anything but <c>Free</c>. <c>Emalloc</c> gives request-lifetime blocks, charged to the current
/// <see cref="RequestScope"/>, subject to its limit, and released when it ends at the latest. All members are
/// thread-safe. Pointers are <see langword="nint"/>, which async code can hold; the typed forms return pointers.
/// </summary>
public static unsafe partial class Heap
{
    /// <summary>Allocates process-lifetime memory, uninitialised.</summary>
    /// <param name="bytes">Size in bytes.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="OverflowException">The size is negative or absurd.</exception>
    /// <exception cref="OutOfMemoryException">The system has no more.</exception>
    [Allocates("Malloc")]
    public static nint Malloc(long bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => ProcessHeap.Allocate((ulong)bytes, file, line);

    /// <inheritdoc cref="Malloc(long, string, int)"/>
    [Allocates("Malloc")]
    public static nint Malloc(ulong bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => ProcessHeap.Allocate(bytes, file, line);

    /// <summary>Allocates process-lifetime memory of <paramref name="count"/> times <paramref name="size"/> bytes, all zero.</summary>
    /// <param name="count">How many elements.</param>
    /// <param name="size">Bytes of one element.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <inheritdoc cref="Malloc(long, string, int)" path="/exception"/>
    [Allocates("Malloc")]
    public static nint Calloc(long count, long size, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ProcessHeap.AllocateZeroed(AllocationSize.Of(count, size, 0), file, line);

    /// <inheritdoc cref="Calloc(long, long, string, int)"/>
    [Allocates("Malloc")]
    public static nint Calloc(ulong count, ulong size, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ProcessHeap.AllocateZeroed(AllocationSize.Of(count, size, 0), file, line);

    /// <summary>Resizes a process-lifetime block, keeping its content up to the smaller size. On failure the old block stays.</summary>
    /// <param name="block">The block; 0 allocates a new one.</param>
    /// <param name="bytes">The new size in bytes.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The block, which may have moved.</returns>
    /// <exception cref="InvalidFreeException">The pointer is request memory.</exception>
    /// <inheritdoc cref="Malloc(long, string, int)" path="/exception"/>
    [Allocates("Malloc")]
    public static nint Realloc([Releases("Malloc")] nint block, long bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ProcessHeap.Reallocate(block, (ulong)bytes, file, line);

    /// <inheritdoc cref="Realloc(nint, long, string, int)"/>
    [Allocates("Malloc")]
    public static nint Realloc([Releases("Malloc")] nint block, ulong bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ProcessHeap.Reallocate(block, bytes, file, line);

    /// <inheritdoc cref="Realloc(nint, long, string, int)"/>
    [Allocates("Malloc")]
    public static void* Realloc([Releases("Malloc")] void* block, long bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        (void*)ProcessHeap.Reallocate((nint)block, (ulong)bytes, file, line);

    /// <inheritdoc cref="Realloc(nint, long, string, int)"/>
    [Allocates("Malloc")]
    public static void* Realloc([Releases("Malloc")] void* block, ulong bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        (void*)ProcessHeap.Reallocate((nint)block, bytes, file, line);

    /// <summary>Releases a process-lifetime block. Zero is ignored.</summary>
    /// <param name="block">The pointer that the allocation returned.</param>
    /// <exception cref="InvalidFreeException">The pointer is request memory.</exception>
    [Releases("Malloc")]
    public static void Free(nint block) => ProcessHeap.Release(block, "", 0);

    /// <inheritdoc cref="Free(nint)"/>
    [Releases("Malloc")]
    public static void Free(void* block) => ProcessHeap.Release((nint)block, "", 0);

    /// <inheritdoc cref="Free(nint)"/>
    /// <param name="block">The pointer that the allocation returned.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    [Releases("Malloc")]
    [OverloadResolutionPriority(1)]
    public static void Free(nint block, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => ProcessHeap.Release(block, file, line);

    /// <inheritdoc cref="Free(nint, string, int)"/>
    [Releases("Malloc")]
    [OverloadResolutionPriority(1)]
    public static void Free(void* block, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => ProcessHeap.Release((nint)block, file, line);

    /// <summary>Allocates process-lifetime memory of <paramref name="count"/> times <paramref name="size"/> plus <paramref name="offset"/> bytes.</summary>
    /// <param name="count">How many elements.</param>
    /// <param name="size">Bytes of one element.</param>
    /// <param name="offset">Bytes in front of them.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <inheritdoc cref="Malloc(long, string, int)" path="/exception"/>
    [Allocates("Malloc")]
    public static nint SafeMalloc(long count, long size, long offset, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ProcessHeap.Allocate(AllocationSize.Of(count, size, offset), file, line);

    /// <inheritdoc cref="SafeMalloc(long, long, long, string, int)"/>
    [Allocates("Malloc")]
    public static nint SafeMalloc(ulong count, ulong size, ulong offset, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ProcessHeap.Allocate(AllocationSize.Of(count, size, offset), file, line);

    /// <summary>Allocates process-lifetime memory for <paramref name="count"/> values, uninitialised.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="count">How many.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <inheritdoc cref="Malloc(long, string, int)" path="/exception"/>
    [Allocates("Malloc")]
    public static T* Malloc<T>(long count, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : unmanaged => (T*)ProcessHeap.Allocate(AllocationSize.Of(count, sizeof(T), 0), file, line);

    /// <inheritdoc cref="Malloc{T}(long, string, int)"/>
    [Allocates("Malloc")]
    public static T* Malloc<T>(ulong count, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : unmanaged => (T*)ProcessHeap.Allocate(AllocationSize.Of(count, (ulong)sizeof(T), 0), file, line);

    /// <summary>Allocates process-lifetime memory for <paramref name="count"/> values, all zero.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="count">How many.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <inheritdoc cref="Malloc(long, string, int)" path="/exception"/>
    [Allocates("Malloc")]
    public static T* Calloc<T>(long count, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : unmanaged => (T*)ProcessHeap.AllocateZeroed(AllocationSize.Of(count, sizeof(T), 0), file, line);

    /// <inheritdoc cref="Calloc{T}(long, string, int)"/>
    [Allocates("Malloc")]
    public static T* Calloc<T>(ulong count, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : unmanaged => (T*)ProcessHeap.AllocateZeroed(AllocationSize.Of(count, (ulong)sizeof(T), 0), file, line);
}
