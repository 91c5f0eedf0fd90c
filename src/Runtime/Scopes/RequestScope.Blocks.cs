using System.Runtime.CompilerServices;

namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    /// <summary>Allocates request memory, 16-byte aligned, uninitialised. Zero bytes give a block that must not be read.</summary>
    /// <param name="bytes">Size in bytes.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="MemoryLimitExceededException">The limit leaves less.</exception>
    /// <exception cref="RequestScopeEndedException">The scope has ended.</exception>
    /// <exception cref="OverflowException">The size is negative or absurd.</exception>
    /// <exception cref="OutOfMemoryException">The system has no more.</exception>
    [Allocates("Emalloc")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Emalloc(long bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        AllocateFast(MemoryFunction.Emalloc, (ulong)bytes, file, line);

    /// <inheritdoc cref="Emalloc(long, string, int)"/>
    [Allocates("Emalloc")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Emalloc(ulong bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        AllocateFast(MemoryFunction.Emalloc, bytes, file, line);

    /// <summary>Allocates request memory of <paramref name="count"/> times <paramref name="size"/> bytes, all zero.</summary>
    /// <param name="count">How many elements.</param>
    /// <param name="size">Bytes of one element.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <inheritdoc cref="Emalloc(long, string, int)" path="/exception"/>
    [Allocates("Emalloc")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Ecalloc(long count, long size, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        AllocateFast(MemoryFunction.Ecalloc, AllocationSize.Of(count, size, 0), file, line);

    /// <inheritdoc cref="Ecalloc(long, long, string, int)"/>
    [Allocates("Emalloc")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Ecalloc(ulong count, ulong size, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        AllocateFast(MemoryFunction.Ecalloc, AllocationSize.Of(count, size, 0), file, line);

    /// <summary>Resizes a block, keeping its content up to the smaller size. On failure the old block stays as it was.</summary>
    /// <param name="block">The block; 0 allocates a new one.</param>
    /// <param name="bytes">The new size in bytes.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The block, which may have moved.</returns>
    /// <exception cref="InvalidFreeException">The pointer is no live block of this scope.</exception>
    /// <inheritdoc cref="Emalloc(long, string, int)" path="/exception"/>
    [Allocates("Emalloc")]
    public nint Erealloc([Releases("Emalloc")] nint block, long bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Reallocate(this, block, (ulong)bytes, file, line);

    /// <inheritdoc cref="Erealloc(nint, long, string, int)"/>
    [Allocates("Emalloc")]
    public nint Erealloc([Releases("Emalloc")] nint block, ulong bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Reallocate(this, block, bytes, file, line);

    /// <summary>Releases a block of this scope before the scope ends. Zero is ignored.</summary>
    /// <param name="block">The pointer that the allocation returned.</param>
    /// <exception cref="InvalidFreeException">The pointer is no live block of this scope.</exception>
    [Releases("Emalloc")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    public unsafe void Efree(nint block)
    {
        byte here; // where the calling thread's stack is says which thread it is
        FastPath.Release(this, (SubHeap*)_heap, block, (nuint)(&here), "", 0);
    }

    /// <inheritdoc cref="Efree(nint)"/>
    /// <param name="block">The pointer that the allocation returned.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    [Releases("Emalloc")]
    [OverloadResolutionPriority(1)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    public unsafe void Efree(nint block, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        byte here;
        FastPath.Release(this, (SubHeap*)_heap, block, (nuint)(&here), file, line);
    }

    /// <summary>Allocates request memory, if there is some: no exception at the limit, at simulated or real lack of memory.</summary>
    /// <param name="bytes">Size in bytes.</param>
    /// <param name="block">The block, or 0.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>Whether there was.</returns>
    /// <exception cref="RequestScopeEndedException">The scope has ended.</exception>
    /// <exception cref="OverflowException">The size is negative or absurd.</exception>
    public bool TryEmalloc(long bytes, [Allocates("Emalloc")] out nint block, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        TryEmalloc((ulong)bytes, out block, file, line);

    /// <inheritdoc cref="TryEmalloc(long, out nint, string, int)"/>
    public bool TryEmalloc(ulong bytes, [Allocates("Emalloc")] out nint block, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        (block = AllocateHere(MemoryFunction.Emalloc, bytes, file, line, throwing: false)) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    private unsafe nint AllocateFast(MemoryFunction function, ulong bytes, string file, int line)
    {
        byte here;
        var heap = (SubHeap*)_heap;
        return FastPath.Allocate(ThreadRecord.InWindow(heap->Owner, (nuint)(&here)) ? heap : SubHeap.Nobody, this, function, bytes, file, line);
    }
}
