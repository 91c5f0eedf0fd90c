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
    /// <exception cref="OverflowException">The size is negative or absurd.</exception>
    /// <exception cref="OutOfMemoryException">The system has no more.</exception>
    [Allocates("Malloc")]
    public static nint Malloc(long bytes) => ProcessHeap.Allocate((ulong)bytes);

    /// <inheritdoc cref="Malloc(long)"/>
    [Allocates("Malloc")]
    public static nint Malloc(ulong bytes) => ProcessHeap.Allocate(bytes);

    /// <summary>Allocates process-lifetime memory of <paramref name="count"/> times <paramref name="size"/> bytes, all zero.</summary>
    /// <param name="count">How many elements.</param>
    /// <param name="size">Bytes of one element.</param>
    /// <inheritdoc cref="Malloc(long)" path="/exception"/>
    [Allocates("Malloc")]
    public static nint Calloc(long count, long size) => ProcessHeap.AllocateZeroed(AllocationSize.Of(count, size, 0));

    /// <inheritdoc cref="Calloc(long, long)"/>
    [Allocates("Malloc")]
    public static nint Calloc(ulong count, ulong size) => ProcessHeap.AllocateZeroed(AllocationSize.Of(count, size, 0));

    /// <summary>Resizes a process-lifetime block, keeping its content up to the smaller size. On failure the old block stays.</summary>
    /// <param name="block">The block; 0 allocates a new one.</param>
    /// <param name="bytes">The new size in bytes.</param>
    /// <returns>The block, which may have moved.</returns>
    /// <exception cref="InvalidFreeException">The pointer is request memory.</exception>
    /// <inheritdoc cref="Malloc(long)" path="/exception"/>
    [Allocates("Malloc")]
    public static nint Realloc([Releases("Malloc")] nint block, long bytes) => ProcessHeap.Reallocate(block, (ulong)bytes);

    /// <inheritdoc cref="Realloc(nint, long)"/>
    [Allocates("Malloc")]
    public static nint Realloc([Releases("Malloc")] nint block, ulong bytes) => ProcessHeap.Reallocate(block, bytes);

    /// <inheritdoc cref="Realloc(nint, long)"/>
    [Allocates("Malloc")]
    public static void* Realloc([Releases("Malloc")] void* block, long bytes) => (void*)ProcessHeap.Reallocate((nint)block, (ulong)bytes);

    /// <inheritdoc cref="Realloc(nint, long)"/>
    [Allocates("Malloc")]
    public static void* Realloc([Releases("Malloc")] void* block, ulong bytes) => (void*)ProcessHeap.Reallocate((nint)block, bytes);

    /// <summary>Releases a process-lifetime block. Zero is ignored.</summary>
    /// <param name="block">The pointer that the allocation returned.</param>
    /// <exception cref="InvalidFreeException">The pointer is request memory.</exception>
    [Releases("Malloc")]
    public static void Free(nint block) => ProcessHeap.Release(block);

    /// <inheritdoc cref="Free(nint)"/>
    [Releases("Malloc")]
    public static void Free(void* block) => ProcessHeap.Release((nint)block);

    /// <summary>Allocates process-lifetime memory of <paramref name="count"/> times <paramref name="size"/> plus <paramref name="offset"/> bytes.</summary>
    /// <param name="count">How many elements.</param>
    /// <param name="size">Bytes of one element.</param>
    /// <param name="offset">Bytes in front of them.</param>
    /// <inheritdoc cref="Malloc(long)" path="/exception"/>
    [Allocates("Malloc")]
    public static nint SafeMalloc(long count, long size, long offset) => ProcessHeap.Allocate(AllocationSize.Of(count, size, offset));

    /// <inheritdoc cref="SafeMalloc(long, long, long)"/>
    [Allocates("Malloc")]
    public static nint SafeMalloc(ulong count, ulong size, ulong offset) => ProcessHeap.Allocate(AllocationSize.Of(count, size, offset));

    /// <summary>Allocates process-lifetime memory for <paramref name="count"/> values, uninitialised.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="count">How many.</param>
    /// <inheritdoc cref="Malloc(long)" path="/exception"/>
    [Allocates("Malloc")]
    public static T* Malloc<T>(long count)
        where T : unmanaged => (T*)ProcessHeap.Allocate(AllocationSize.Of(count, sizeof(T), 0));

    /// <inheritdoc cref="Malloc{T}(long)"/>
    [Allocates("Malloc")]
    public static T* Malloc<T>(ulong count)
        where T : unmanaged => (T*)ProcessHeap.Allocate(AllocationSize.Of(count, (ulong)sizeof(T), 0));

    /// <summary>Allocates process-lifetime memory for <paramref name="count"/> values, all zero.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="count">How many.</param>
    /// <inheritdoc cref="Malloc(long)" path="/exception"/>
    [Allocates("Malloc")]
    public static T* Calloc<T>(long count)
        where T : unmanaged => (T*)ProcessHeap.AllocateZeroed(AllocationSize.Of(count, sizeof(T), 0));

    /// <inheritdoc cref="Calloc{T}(long)"/>
    [Allocates("Malloc")]
    public static T* Calloc<T>(ulong count)
        where T : unmanaged => (T*)ProcessHeap.AllocateZeroed(AllocationSize.Of(count, (ulong)sizeof(T), 0));
}
