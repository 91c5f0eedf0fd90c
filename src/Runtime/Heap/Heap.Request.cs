using System.Runtime.CompilerServices;

namespace LifetimeAnalyzers;

public static unsafe partial class Heap
{
    /// <summary>Allocates request-lifetime memory in the current scope, 16-byte aligned, uninitialised. Zero bytes give a block that must not be read.</summary>
    /// <param name="bytes">Size in bytes.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="NoRequestScopeException">No scope is open here.</exception>
    /// <exception cref="RequestScopeEndedException">The scope that this code was started in has ended.</exception>
    /// <exception cref="MemoryLimitExceededException">The scope's limit leaves less.</exception>
    /// <exception cref="OverflowException">The size is negative or absurd.</exception>
    /// <exception cref="OutOfMemoryException">The system has no more.</exception>
    [Allocates("Emalloc")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Emalloc(long bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        AllocateFast(MemoryFunction.Emalloc, (ulong)bytes, file, line);

    /// <inheritdoc cref="Emalloc(long, string, int)"/>
    [Allocates("Emalloc")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Emalloc(ulong bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        AllocateFast(MemoryFunction.Emalloc, (ulong)bytes, file, line);

    /// <summary>Allocates request-lifetime memory of <paramref name="count"/> times <paramref name="size"/> bytes, all zero.</summary>
    /// <param name="count">How many elements.</param>
    /// <param name="size">Bytes of one element.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <inheritdoc cref="Emalloc(long, string, int)" path="/exception"/>
    [Allocates("Emalloc")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Ecalloc(long count, long size, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        AllocateFast(MemoryFunction.Ecalloc, AllocationSize.Of(count, size, 0), file, line);

    /// <inheritdoc cref="Ecalloc(long, long, string, int)"/>
    [Allocates("Emalloc")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Ecalloc(ulong count, ulong size, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        AllocateFast(MemoryFunction.Ecalloc, AllocationSize.Of(count, size, 0), file, line);

    /// <summary>Resizes a request-lifetime block, keeping its content up to the smaller size. On failure the old block stays as it was.</summary>
    /// <param name="block">The block; 0 allocates a new one in the current scope.</param>
    /// <param name="bytes">The new size in bytes.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The block, which may have moved.</returns>
    /// <exception cref="InvalidFreeException">The pointer is no live request block.</exception>
    /// <inheritdoc cref="Emalloc(long, string, int)" path="/exception"/>
    [Allocates("Emalloc")]
    public static nint Erealloc([Releases("Emalloc")] nint block, long bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        RequestScope.Reallocate(null, block, (ulong)bytes, file, line);

    /// <inheritdoc cref="Erealloc(nint, long, string, int)"/>
    [Allocates("Emalloc")]
    public static nint Erealloc([Releases("Emalloc")] nint block, ulong bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        RequestScope.Reallocate(null, block, (ulong)bytes, file, line);

    /// <inheritdoc cref="Erealloc(nint, long, string, int)"/>
    [Allocates("Emalloc")]
    public static void* Erealloc([Releases("Emalloc")] void* block, long bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        (void*)RequestScope.Reallocate(null, (nint)block, (ulong)bytes, file, line);

    /// <inheritdoc cref="Erealloc(nint, long, string, int)"/>
    [Allocates("Emalloc")]
    public static void* Erealloc([Releases("Emalloc")] void* block, ulong bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        (void*)RequestScope.Reallocate(null, (nint)block, (ulong)bytes, file, line);

    /// <summary>Releases a request-lifetime block before its scope ends. Zero is ignored.</summary>
    /// <param name="block">The pointer that the allocation returned.</param>
    /// <exception cref="InvalidFreeException">The pointer is no live request block of the current scope or a scope around it.</exception>
    [Releases("Emalloc")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    public static void Efree(nint block)
    {
        byte here; // where the calling thread's stack is says which thread it is
        FastPath.Release(null, null, block, (nuint)(&here), "", 0);
    }

    /// <inheritdoc cref="Efree(nint)"/>
    /// <param name="block">The pointer that the allocation returned.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    [Releases("Emalloc")]
    [OverloadResolutionPriority(1)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    public static void Efree(nint block, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        byte here;
        FastPath.Release(null, null, block, (nuint)(&here), file, line);
    }

    /// <inheritdoc cref="Efree(nint, string, int)"/>
    [Releases("Emalloc")]
    [OverloadResolutionPriority(1)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Efree(void* block, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Efree((nint)block, file, line);

    /// <inheritdoc cref="Efree(nint)"/>
    [Releases("Emalloc")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Efree(void* block) => Efree((nint)block);

    /// <summary>Allocates request-lifetime memory of <paramref name="count"/> times <paramref name="size"/> plus <paramref name="offset"/> bytes.</summary>
    /// <param name="count">How many elements.</param>
    /// <param name="size">Bytes of one element.</param>
    /// <param name="offset">Bytes in front of them.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <inheritdoc cref="Emalloc(long, string, int)" path="/exception"/>
    [Allocates("Emalloc")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint SafeEmalloc(long count, long size, long offset, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Emalloc(AllocationSize.Of(count, size, offset), file, line);

    /// <inheritdoc cref="SafeEmalloc(long, long, long, string, int)"/>
    [Allocates("Emalloc")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint SafeEmalloc(ulong count, ulong size, ulong offset, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Emalloc(AllocationSize.Of(count, size, offset), file, line);

    /// <summary>Allocates request-lifetime memory, if there is some: no exception at the limit, at simulated or real lack of memory.</summary>
    /// <param name="bytes">Size in bytes.</param>
    /// <param name="block">The block, or 0.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>Whether there was.</returns>
    /// <exception cref="NoRequestScopeException">No scope is open here.</exception>
    /// <exception cref="RequestScopeEndedException">The scope that this code was started in has ended.</exception>
    /// <exception cref="OverflowException">The size is negative or absurd.</exception>
    public static bool TryEmalloc(long bytes, [Allocates("Emalloc")] out nint block, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        (block = RequestScope.AllocateAmbient(MemoryFunction.Emalloc, (ulong)bytes, file, line, throwing: false)) != 0;

    /// <inheritdoc cref="TryEmalloc(long, out nint, string, int)"/>
    public static bool TryEmalloc(ulong bytes, [Allocates("Emalloc")] out nint block, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        (block = RequestScope.AllocateAmbient(MemoryFunction.Emalloc, (ulong)bytes, file, line, throwing: false)) != 0;

    /// <summary>Allocates process-lifetime memory when <paramref name="persistent"/>, else request-lifetime memory.</summary>
    /// <param name="bytes">Size in bytes.</param>
    /// <param name="persistent">Whether the block must outlive the request.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The block; release it with <see cref="Pefree"/> and the same <paramref name="persistent"/>.</returns>
    /// <inheritdoc cref="Emalloc(long, string, int)" path="/exception"/>
    [Allocates("Pemalloc")]
    public static nint Pemalloc(long bytes, bool persistent, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        persistent ? Malloc(bytes, file, line) : Emalloc(bytes, file, line);

    /// <inheritdoc cref="Pemalloc(long, bool, string, int)"/>
    [Allocates("Pemalloc")]
    public static nint Pemalloc(ulong bytes, bool persistent, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        persistent ? Malloc(bytes, file, line) : Emalloc(bytes, file, line);

    /// <summary>Releases a block of <see cref="Pemalloc(long, bool, string, int)"/>. Zero is ignored.</summary>
    /// <param name="block">The pointer that the allocation returned.</param>
    /// <param name="persistent">As it was at the allocation.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="InvalidFreeException">The pointer belongs to the other memory, or is no live block.</exception>
    [Releases("Pemalloc")]
    public static void Pefree(nint block, bool persistent, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (persistent)
        {
            Free(block, file, line);
        }
        else
        {
            Efree(block, file, line);
        }
    }

    /// <summary>Bytes of request memory in use in the current scope (blocks rounded up to their size class); 0 without a scope.</summary>
    /// <param name="real">True for the bytes that the scope holds from the system's pages instead.</param>
    public static long MemoryGetUsage(bool real = false) => RequestScope.Current?.GetUsage(real) ?? 0;

    /// <summary>The highest <see cref="MemoryGetUsage"/> of the current scope; 0 without a scope.</summary>
    /// <param name="real">As in <see cref="MemoryGetUsage"/>.</param>
    public static long MemoryGetPeakUsage(bool real = false) => RequestScope.Current?.GetPeakUsage(real) ?? 0;

    /// <summary>What a block of <paramref name="bytes"/> is charged, which is also what of it can be used: the bytes rounded up to their size class.</summary>
    /// <param name="bytes">Size in bytes.</param>
    /// <exception cref="OverflowException">The size is negative or absurd.</exception>
    public static long RoundedSize(long bytes)
    {
        if ((ulong)bytes > AllocationSize.Max)
        {
            AllocationSize.Overflow((ulong)bytes);
        }

        return (long)SizeClasses.Rounded((ulong)bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint AllocateFast(MemoryFunction function, ulong bytes, string file, int line)
    {
        SubHeap* heap = ThreadState.Heap;
        return FastPath.Allocate(heap != null ? heap : SubHeap.Nobody, null, function, bytes, file, line);
    }
}
