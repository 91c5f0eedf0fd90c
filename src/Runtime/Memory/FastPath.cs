using System.Runtime.CompilerServices;

namespace LifetimeAnalyzers;

/// <summary>
/// Small blocks (and the release of medium ones), when nothing is in the way: no lock, no call, one comparison for limit, peak, fault injection, trace and
/// debug together. A released block holds the next of its free list, and in its second word the same, garbled: a block
/// that was released already shows by that, and so does a free list that somebody wrote over.
/// </summary>
internal static unsafe class FastPath
{
    /// <summary>
    /// Garbles free lists; differs from process to process. 32 bits, to fit into an instruction, and negative: addresses
    /// leave the sign alone, so that the second word of a released block is negative too. From the system's random bytes by
    /// way of a new identifier: .NET's generator would load OpenSSL, which small containers do not have.
    /// </summary>
    public static readonly nint Key = -1 - (Guid.NewGuid().GetHashCode() & int.MaxValue & ~1);

    /// <summary>Allocates from a sub-heap that the calling thread holds (<see cref="SubHeap.Nobody"/> when it holds none).</summary>
    /// <param name="heap">The sub-heap.</param>
    /// <param name="scope">The scope it works for; null for the ambient one.</param>
    /// <param name="function">The function that was called.</param>
    /// <param name="bytes">The size.</param>
    /// <param name="file">The caller's file.</param>
    /// <param name="line">The caller's line.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Allocate(SubHeap* heap, RequestScope? scope, MemoryFunction function, ulong bytes, string file, int line)
    {
        if (bytes <= SizeClasses.SmallMax)
        {
            ClassSlot* slot = SubHeap.SlotForSmall(heap, bytes);
            ulong used = heap->Used + slot->Size;
            if (used <= heap->Trigger)
            {
                nint block = slot->Free;
                if (block != 0)
                {
                    nint next = *(nint*)block;
                    if (((nint*)block)[1] == (next ^ (block ^ Key)))
                    {
                        slot->Free = next;
                        return Hand(heap, used, block, function, bytes);
                    }
                }
                else
                {
                    block = slot->Bump;
                    nint end = block + (nint)slot->Size;
                    if (slot->FitsBefore(end))
                    {
                        slot->Bump = end;
                        return Hand(heap, used, block, function, bytes);
                    }
                }
            }
        }

        return RequestScope.AllocateSlow(scope, heap, function, bytes, file, line);
    }

    /// <summary>Allocates a medium block that was used before. Not for inlining: such blocks take longer to fill than to get.</summary>
    /// <param name="heap">A sub-heap that the calling thread holds.</param>
    /// <param name="function">The function that was called.</param>
    /// <param name="bytes">The size, of which <see cref="SizeClasses.MediumClass"/> must know.</param>
    /// <returns>0 when another way must be taken; nothing is changed then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint AllocateMedium(SubHeap* heap, MemoryFunction function, ulong bytes)
    {
        int sizeClass = Unsafe.Add(ref Unsafe.AsRef(in SizeClasses.MediumClassOf[0]), (nint)((bytes + SizeClasses.PageBytes - 1) / SizeClasses.PageBytes));
        ClassSlot* slot = SubHeap.Slot(heap, sizeClass);
        ulong used = heap->Used + slot->Size;
        nint block = slot->Free;
        if (used > heap->Trigger || block == 0)
        {
            return 0;
        }

        nint next = *(nint*)block;
        if (((nint*)block)[1] != (next ^ (block ^ Key)))
        {
            return 0;
        }

        slot->Free = next;
        return Hand(heap, used, block, function, bytes);
    }

    /// <summary>Releases a block.</summary>
    /// <param name="strict">The scope that it must belong to; null for any that the calling thread may release it in.</param>
    /// <param name="expected">The sub-heap it probably belongs to, when <paramref name="strict"/> is given.</param>
    /// <param name="block">The block.</param>
    /// <param name="stackAddress">An address in the calling thread's stack.</param>
    /// <param name="file">The caller's file.</param>
    /// <param name="line">The caller's line.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Release(RequestScope? strict, SubHeap* expected, nint block, nuint stackAddress, string file, int line)
    {
        nuint offset = (nuint)block - (nuint)Region.Base;
        if (offset < Region.Committed)
        {
            ClassSlot* slot = PageTable.SlotAt(offset);
            SubHeap* heap = SubHeap.Of(slot);
            if ((strict is null ? !heap->Explicit : heap == expected) && ThreadRecord.InWindow(heap->Owner, stackAddress))
            {
                uint reciprocal = slot->Reciprocal;
                if (((uint)block & (SizeClasses.RunBytes - 1)) * reciprocal < reciprocal && !slot->MayBeUncut(block))
                {
                    // Mostly without the first word: the caller may have just written a part of it, which takes time to settle.
                    if (((nint*)block)[1] >= 0 || !IsReleased(block))
                    {
                        nint head = slot->Free;
                        *(nint*)block = head;
                        ((nint*)block)[1] = head ^ (block ^ Key);
                        slot->Free = block;
                        ulong used = heap->Used;
                        if (used > heap->Peak)
                        {
                            heap->Peak = used;
                        }

                        heap->Used = used - slot->Size;
                        return;
                    }
                }
            }
        }

        RequestScope.ReleaseSlow(strict, block, file, line);
    }

    /// <summary>Whether the block, which must be the start of one, has been released and not been handed out since.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsReleased(nint block) => ((nint*)block)[1] == (*(nint*)block ^ block ^ Key);

    /// <summary>Links a block that is being released in front of <paramref name="head"/>.</summary>
    public static void Link(nint block, nint head)
    {
        *(nint*)block = head;
        ((nint*)block)[1] = head ^ block ^ Key;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Hand(SubHeap* heap, ulong used, nint block, MemoryFunction function, ulong bytes)
    {
        heap->Used = used;
        ((nint*)block)[1] = 0;
        if (function == MemoryFunction.Ecalloc)
        {
            new Span<byte>((void*)block, (int)bytes).Clear();
        }

        return block;
    }
}
