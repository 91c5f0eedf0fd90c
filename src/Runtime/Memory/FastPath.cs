using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace LifetimeAnalyzers;

/// <summary>
/// Small blocks, when nothing is in the way: no lock, no call, one comparison for limit, peak, fault injection, trace and
/// debug together. A released block holds the next of its free list, and in its second word the same, garbled: a block
/// that was released already shows by that, and so does a free list that somebody wrote over.
/// </summary>
internal static unsafe class FastPath
{
    /// <summary>Garbles free lists; differs from process to process. 31 bits, to fit into an instruction.</summary>
    public static readonly nint Key = RandomNumberGenerator.GetInt32(int.MaxValue) | 1;

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
            ClassSlot* slot = SubHeap.Slot(heap, Unsafe.Add(ref Unsafe.AsRef(in SizeClasses.SmallClassOf[0]), (nint)((bytes + 15) >> 4)));
            ulong used = heap->Used + (ulong)slot->Size;
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
                    if (block < slot->End)
                    {
                        slot->Bump = block + slot->Size;
                        return Hand(heap, used, block, function, bytes);
                    }
                }
            }
        }

        return RequestScope.AllocateSlow(scope, function, bytes, file, line);
    }

    /// <summary>Releases a block.</summary>
    /// <param name="strict">The scope that it must belong to; null for any that the calling thread may release it in.</param>
    /// <param name="expected">The sub-heap it probably belongs to, when <paramref name="strict"/> is given.</param>
    /// <param name="block">The block.</param>
    /// <param name="stackAddress">An address in the calling thread's stack.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Release(RequestScope? strict, SubHeap* expected, nint block, nuint stackAddress)
    {
        if (Region.Contains(block))
        {
            ChunkInfo* info = Region.InfoOf(block);
            SubHeap* heap = info->Heap;
            if ((strict is null || heap == expected) && heap->Owner->Covers(stackAddress))
            {
                ClassSlot* slot = SubHeap.SlotOfPage(heap, info->PageMap[((nuint)block >> 12) & (Region.PagesPerChunk - 1)]);
                uint reciprocal = slot->Reciprocal;
                if (((uint)block & (SizeClasses.RunBytes - 1)) * reciprocal < reciprocal && (block < slot->Bump || block >= slot->End))
                {
                    nint garbled = block ^ Key;
                    if (((nint*)block)[1] != (*(nint*)block ^ garbled))
                    {
                        nint head = slot->Free;
                        *(nint*)block = head;
                        ((nint*)block)[1] = head ^ garbled;
                        slot->Free = block;
                        ulong used = heap->Used;
                        if (used > heap->Peak)
                        {
                            heap->Peak = used;
                        }

                        heap->Used = used - (ulong)slot->Size;
                        return;
                    }
                }
            }
        }

        RequestScope.ReleaseSlow(strict, block);
    }

    /// <summary>Whether the block, which must be the start of one, has been released and not been handed out since.</summary>
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
