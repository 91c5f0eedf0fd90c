using System.Numerics;
using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>Makes a sub-heap empty; its first chunk stays with it.</summary>
internal static unsafe class SubHeapReset
{
    /// <summary>Takes everything of its last scope from a sub-heap that the calling thread holds, and puts it in the state of one in the pool.</summary>
    public static void Reset(SubHeap* heap, bool scrub)
    {
        // In this order: with a number and without a scope, it would be taken for one whose scope was forgotten.
        Interlocked.Exchange(ref heap->Condemned, 1);
        RemoteReleases.Enter(heap);
        heap->ScopeId = 0;
        RemoteReleases.Leave(heap);
        heap->Scope = null;
        heap->Owner = heap->Watcher = ThreadRecord.NoWindow;
        heap->Trigger = heap->Grant = 0;
        for (ulong touched = heap->Touched; touched != 0; touched &= touched - 1)
        {
            int sizeClass = BitOperations.TrailingZeroCount(touched);
            ClassSlot* slot = SubHeap.Slot(heap, sizeClass);
            slot->Free = 0;
            slot->NoRun();
        }

        ReturnChunks(heap, scrub);
        heap->Touched = heap->Used = heap->Peak = 0;
        heap->Remote = 0;
        heap->RemoteBytes = heap->RemoteSeen = 0;
        heap->Explicit = heap->Detached = heap->Instrumented = heap->Debug = heap->Counts = heap->HasHoles = heap->ScrubOnReturn = false;
        heap->CollectAt = 0;
        heap->PooledAt = Trimmer.Tick;
        Volatile.Write(ref heap->Holder, SubHeap.Pooled);
    }

    private static void ReturnChunks(SubHeap* heap, bool scrub)
    {
        while (heap->Huge != null)
        {
            HugeBlock* block = heap->Huge;
            Scrub(block, scrub);
            HugeBlock.Unlink(block, ref heap->Huge);
            HugeMappings.Return(block);
        }

        for (HugeBlock* spare = heap->Spare; spare != null; spare = spare->Next)
        {
            Scrub(spare, scrub);
        }

        HugeBlocks.ReturnSpares(heap);
        while (heap->Chunks != null)
        {
            ChunkInfo* info = heap->Chunks;
            for (int word = 0; word < Region.PagesPerChunk / 64; word++)
            {
                if (info->TakenPages[word] != 0)
                {
                    info->TakenPages[word] = 0;
                    PageTable.Clear(Region.MemoryOf(info) + (word * 64 * SizeClasses.PageBytes), 64);
                    if (scrub)
                    {
                        new Span<byte>(Region.MemoryOf(info) + (word * 64 * SizeClasses.PageBytes), 64 * SizeClasses.PageBytes).Clear();
                    }
                }
            }

            info->FreePages = Region.PagesPerChunk;
            info->FirstFreePage = 0;
            if (info->Next == null)
            {
                // The oldest, which has small pages behind it.
                info->Previous = null;
                break;
            }

            heap->Chunks = info->Next;
            ChunkSource.Return(info);
        }

        heap->ChunkCount = heap->Chunks == null ? 0 : 1;
        heap->Real = heap->ChunkCount * Region.ChunkBytes;
    }

    private static void Scrub(HugeBlock* block, bool scrub)
    {
        if (scrub)
        {
            NativeMemory.Clear((void*)block->Memory, (nuint)block->Mapped);
        }
    }
}
