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
    /// <summary>Garbles free lists; differs from process to process.</summary>
    public static readonly nint Key = (nint)BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));

    /// <summary>Allocates from a sub-heap that the calling thread holds.</summary>
    /// <returns>The block; 0 when the slow path must be taken.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Allocate(SubHeap* heap, ulong bytes)
    {
        if (bytes > SizeClasses.SmallMax)
        {
            return 0;
        }

        int sizeClass = Unsafe.Add(ref Unsafe.AsRef(in SizeClasses.SmallClassOf[0]), (nint)((bytes + 15) >> 4));
        long size = Unsafe.Add(ref Unsafe.AsRef(in SizeClasses.SizeOf[0]), sizeClass);
        ulong used = heap->Used + (ulong)size;
        if (used > heap->Trigger)
        {
            return 0;
        }

        nint* free = SubHeap.FreeList(heap, sizeClass);
        nint block = *free;
        if (block != 0)
        {
            nint next = *(nint*)block;
            if (((nint*)block)[1] != (next ^ block ^ Key))
            {
                return 0;
            }

            *free = next;
        }
        else
        {
            nint* bump = SubHeap.Bump(heap, sizeClass);
            block = *bump;
            if (block >= bump[1])
            {
                return 0;
            }

            *bump = block + (nint)size;
        }

        ((nint*)block)[1] = 0;
        heap->Used = used;
        return block;
    }

    /// <summary>Releases a small block of the sub-heap that <paramref name="stackAddress"/> says the calling thread holds.</summary>
    /// <returns>False when the slow path must be taken; nothing is changed then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Release(nint block, nuint stackAddress)
    {
        if (!Region.Contains(block))
        {
            return false;
        }

        ChunkInfo* info = Region.InfoOf(block);
        SubHeap* heap = info->Heap;
        return heap->Owner->Covers(stackAddress) && Push(heap, info, block);
    }

    /// <summary>Releases a small block of <paramref name="expected"/>, if the calling thread holds it.</summary>
    /// <returns>False when the slow path must be taken; nothing is changed then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Release(SubHeap* expected, nint block, nuint stackAddress)
    {
        if (!Region.Contains(block))
        {
            return false;
        }

        ChunkInfo* info = Region.InfoOf(block);
        return info->Heap == expected && expected->Owner->Covers(stackAddress) && Push(expected, info, block);
    }

    /// <summary>Whether the block, which must be the start of one, has been released and not been handed out since.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsReleased(nint block) => ((nint*)block)[1] == (*(nint*)block ^ block ^ Key);

    /// <summary>Links a block that is being released in front of <paramref name="head"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Link(nint block, nint head)
    {
        *(nint*)block = head;
        ((nint*)block)[1] = head ^ block ^ Key;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Push(SubHeap* heap, ChunkInfo* info, nint block)
    {
        int sizeClass = info->PageMap[((nuint)block >> 12) & (Region.PagesPerChunk - 1)] - 1;
        if ((uint)sizeClass >= SizeClasses.SmallCount)
        {
            return false;
        }

        uint reciprocal = Unsafe.Add(ref Unsafe.AsRef(in SizeClasses.Reciprocal[0]), sizeClass);
        if (((uint)block & (SizeClasses.RunBytes - 1)) * reciprocal >= reciprocal || IsReleased(block))
        {
            return false;
        }

        nint* free = SubHeap.FreeList(heap, sizeClass);
        Link(block, *free);
        *free = block;
        ulong used = heap->Used;
        if (used > heap->Peak)
        {
            heap->Peak = used;
        }

        heap->Used = used - (ulong)Unsafe.Add(ref Unsafe.AsRef(in SizeClasses.SizeOf[0]), sizeClass);
        return true;
    }
}
