using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    /// <summary>Allocates in the ambient scope; the way of <see cref="Heap"/> when its short path does not do.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static nint AllocateAmbient(MemoryFunction function, ulong bytes, string file, int line, bool throwing = true) =>
        (Ambient ?? throw new NoRequestScopeException()).AllocateHere(function, bytes, file, line, throwing);

    /// <summary>The way of both when <see cref="FastPath"/> does not do. What it does itself, it does without a call.</summary>
    /// <param name="scope">The scope; null for the ambient one.</param>
    /// <param name="heap">The sub-heap that the calling thread holds for the ambient scope, if <paramref name="scope"/> is null.</param>
    /// <param name="function">The function that was called.</param>
    /// <param name="bytes">The size.</param>
    /// <param name="file">The caller's file.</param>
    /// <param name="line">The caller's line.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    internal static unsafe nint AllocateSlow(RequestScope? scope, SubHeap* heap, MemoryFunction function, ulong bytes, string file, int line)
    {
        byte here;
        if (scope is not null)
        {
            heap = (SubHeap*)scope._heap;
        }

        if (bytes <= DebugBlocks.FilledInline)
        {
            nint block = WatchedPath.Allocate(heap, function, bytes, file, line, (nuint)(&here));
            if (block != 0)
            {
                return block;
            }
        }
        else if (bytes is > SizeClasses.SmallMax and <= SizeClasses.MediumMax && function != MemoryFunction.Ecalloc && (scope is null || ThreadRecord.InWindow(heap->Owner, (nuint)(&here))))
        {
            nint block = FastPath.AllocateMedium(heap, function, bytes);
            if (block != 0)
            {
                return block;
            }
        }

        return AllocateSlower(heap, scope, function, bytes, file, line, (nuint)(&here));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe nint AllocateSlower(SubHeap* heap, RequestScope? scope, MemoryFunction function, ulong bytes, string file, int line, nuint stackAddress)
    {
        nint block = bytes <= SizeClasses.SmallMax ? WatchedPath.Allocate(heap, function, bytes, file, line, stackAddress)
            : bytes <= SizeClasses.MediumMax && (scope is null || ThreadRecord.InWindow(heap->Owner, stackAddress)) ? FastPath.AllocateMedium(heap, function, bytes)
            : 0;
        if (block == 0)
        {
            block = MiddlePath.Allocate(heap, function, bytes, stackAddress);
        }

        return block != 0 ? block : (scope ?? Ambient ?? throw new NoRequestScopeException()).AllocateHere(function, bytes, file, line);
    }

    /// <summary>Allocates in this scope; the way of its own methods when their short path does not do.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal unsafe nint AllocateHere(MemoryFunction function, ulong bytes, string file, int line, bool throwing = true, nint old = 0)
    {
        if (bytes > AllocationSize.Max)
        {
            AllocationSize.Overflow(bytes);
        }

        if ((_mode & ScopeMode.Instrumented) != 0 && !IsEnded && FailsHere(function, bytes, throwing))
        {
            return 0;
        }

        SubHeap* heap;
        Reservation reservation;
        ulong charged = SizeClasses.Rounded(bytes);
        do
        {
            // Again when the scope is recycled in between; when it has ended, taking another sub-heap says so.
            heap = ThreadState.Scope == this ? CheckOutAmbient() : TakeSubHeap(explicitly: true);
            reservation = heap->Used + charged <= heap->Grant ? Reservation.Granted : Reserve(heap, charged, bytes, file, line, throwing);
        }
        while (reservation == Reservation.Detached);

        return reservation == Reservation.Refused ? 0
            : heap->Instrumented ? AllocateInstrumented(heap, function, bytes, charged, file, line, throwing, old)
            : AllocatePlain(heap, function, bytes, charged, throwing);
    }

    private unsafe nint AllocatePlain(SubHeap* heap, MemoryFunction function, ulong bytes, ulong charged, bool throwing)
    {
        nint block = TakeBlock(heap, bytes, throwing);
        if (block != 0)
        {
            heap->Used += charged;
            if (function == MemoryFunction.Ecalloc)
            {
                Zero(block, bytes);
            }
        }

        return block;
    }

    private unsafe nint TakeBlock(SubHeap* heap, ulong bytes, bool throwing)
    {
        long real = heap->Real;
        nint block = Blocks.Take(heap, bytes);
        if (block == 0)
        {
            Collector.Collect(heap);
            Retention.ReleaseBeyond(0);
            block = Blocks.Take(heap, bytes);
        }

        if (heap->Real > real)
        {
            NoteReal();
        }

        if (block == 0 && throwing)
        {
            OutOfSystemMemory.Throw(bytes);
        }

        return block;
    }

    /// <summary>Zeros a block, unless the system has just done so.</summary>
    private static unsafe void Zero(nint block, ulong bytes)
    {
        if (bytes <= SizeClasses.MediumMax || HugeIndex.Find(block)->Dirty)
        {
            NativeMemory.Clear((void*)block, (nuint)bytes);
        }
    }

    /// <summary>Resizes a block in the scope it belongs to.</summary>
    /// <param name="strict">The scope it must belong to; null for the ambient one or one around or inside it.</param>
    /// <param name="block">The block.</param>
    /// <param name="bytes">The new size.</param>
    /// <param name="file">The caller's file.</param>
    /// <param name="line">The caller's line.</param>
    internal static unsafe nint Reallocate(RequestScope? strict, nint block, ulong bytes, string file, int line)
    {
        if (bytes > AllocationSize.Max)
        {
            AllocationSize.Overflow(bytes);
        }

        if (block == 0)
        {
            return strict is null ? AllocateAmbient(MemoryFunction.Erealloc, bytes, file, line) : strict.AllocateHere(MemoryFunction.Erealloc, bytes, file, line);
        }

        BlockLocation location = Locate(strict, block, out nint start, out RequestScope scope);
        SubHeap* heap = location.Heap;
        ulong old = location.Bytes;
        if (!heap->Instrumented)
        {
            if (SizeClasses.Rounded(bytes) == old)
            {
                return block;
            }

            if (location.Huge != null && HugeBlocks.Fits(location.Huge, SizeClasses.Rounded(bytes)) && scope.TryResizeHuge(location, bytes, file, line))
            {
                return block;
            }
        }
        else if (heap->Debug)
        {
            old = DebugBlocks.SizeOf(start);
        }

        nint moved = scope.AllocateHere(MemoryFunction.Erealloc, bytes, file, line, old: block);
        NativeMemory.Copy((void*)block, (void*)moved, (nuint)Math.Min(old, bytes));
        ReleaseLocated(location, start, scope, file, line, counted: false);
        return moved;
    }

    private unsafe bool TryResizeHuge(in BlockLocation location, ulong bytes, string file, int line)
    {
        SubHeap* heap = location.Heap;
        if (!TryBorrow(heap, out bool borrowed))
        {
            return false;
        }

        try
        {
            ulong charged = SizeClasses.Rounded(bytes);
            ulong old = location.Huge->Charged;
            if (charged > old && heap->Used + (charged - old) > heap->Grant)
            {
                if (Reserve(heap, charged - old, bytes, file, line, throwing: true) != Reservation.Granted)
                {
                    return false;
                }
            }

            heap->Peak = Math.Max(heap->Peak, heap->Used);
            heap->Used += charged - old;
            location.Huge->Charged = charged;
            return true;
        }
        finally
        {
            GiveBack(heap, borrowed);
        }
    }

    private unsafe nint PromoteBlock(nint block, string file, int line)
    {
        if (block == 0)
        {
            return 0;
        }

        BlockLocation location = Locate(this, block, out nint start, out RequestScope scope);
        ulong bytes = location.Heap->Debug ? DebugBlocks.SizeOf(start) : location.Bytes;
        nint moved = ProcessHeap.Allocate(bytes, file, line);
        NativeMemory.Copy((void*)block, (void*)moved, (nuint)bytes);
        ReleaseLocated(location, start, scope, file, line);
        return moved;
    }
}
