using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>Process-lifetime memory: the system's, with sizes checked. Scopes that trace, count or inject faults see the calls made in them.</summary>
internal static unsafe class ProcessHeap
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Allocate(ulong bytes, string file = "", int line = 0) =>
        bytes <= AllocationSize.Max && !ScopeInstruments.AnyWatchesProcessCalls ? (nint)NativeMemory.Alloc((nuint)bytes) : AllocateWatched(MemoryFunction.Malloc, bytes, file, line);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint AllocateZeroed(ulong bytes, string file, int line) =>
        bytes <= AllocationSize.Max && !ScopeInstruments.AnyWatchesProcessCalls ? (nint)NativeMemory.AllocZeroed((nuint)bytes) : AllocateWatched(MemoryFunction.Calloc, bytes, file, line);

    public static nint Reallocate(nint block, ulong bytes, string file, int line)
    {
        RefuseRequestMemory(block);
        Check(bytes);
        RequestScope? scope = Watching();
        scope?.ThrowIfProcessCallFails(MemoryFunction.Realloc, bytes);
        nint moved = (nint)NativeMemory.Realloc((void*)block, (nuint)bytes);
        scope?.NoteProcessCall(MemoryFunction.Realloc, moved, block, bytes, file, line);
        return moved;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Release(nint block, string file, int line)
    {
        if (Region.Contains(block) || MayBeHuge(block) || ScopeInstruments.AnyWatchesProcessCalls)
        {
            ReleaseWatched(block, file, line);
            return;
        }

        NativeMemory.Free((void*)block);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint AllocateWatched(MemoryFunction function, ulong bytes, string file, int line)
    {
        Check(bytes);
        RequestScope? scope = Watching();
        scope?.ThrowIfProcessCallFails(function, bytes);
        nint block = (nint)(function == MemoryFunction.Malloc ? NativeMemory.Alloc((nuint)bytes) : NativeMemory.AllocZeroed((nuint)bytes));
        scope?.NoteProcessCall(function, block, 0, bytes, file, line);
        return block;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReleaseWatched(nint block, string file, int line)
    {
        RefuseRequestMemory(block);
        if (block != 0)
        {
            Watching()?.NoteProcessCall(MemoryFunction.Free, block, 0, SystemPages.Current.SizeOf((void*)block), file, line);
        }

        NativeMemory.Free((void*)block);
    }

    // Huge blocks begin at a page, in debug mode just behind. The system's large blocks never do: it puts its own header there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool MayBeHuge(nint block) => (block & (SizeClasses.PageBytes - 1) & ~DebugBlocks.Header) == 0;

    private static RequestScope? Watching() => ScopeInstruments.AnyWatchesProcessCalls ? RequestScope.Current : null;

    private static void Check(ulong bytes)
    {
        if (bytes > AllocationSize.Max)
        {
            AllocationSize.Overflow(bytes);
        }
    }

    private static void RefuseRequestMemory(nint block)
    {
        if (Region.Contains(block) || HugeBlocks.IsHuge(block))
        {
            throw new InvalidFreeException(InvalidFreeKind.WrongFamily, block);
        }
    }
}
