using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>
/// Mappings for huge blocks, each got from the system by itself and given back whole. Those that are free are kept, newest
/// first, as <see cref="Retention"/> allows. Thread-safe.
/// </summary>
internal static unsafe class HugeMappings
{
    // What the system hands out in: pages are 4 to 16 KiB, and Windows places mappings at multiples of 64 KiB anyway.
    private const ulong Unit = 64 << 10;

    // Of so many blocks whose mapping is gone it is remembered that they were blocks, and of which scope.
    private const int Remembered = 1024;

    private static readonly object s_gate = new();
    private static HugeBlock* s_cached;
    private static HugeBlock* s_gone;
    private static HugeBlock* s_oldestGone;
    private static int s_goneCount;
    private static long s_cachedBytes;

    /// <summary>Bytes of free mappings that are kept.</summary>
    public static long CachedBytes => Volatile.Read(ref s_cachedBytes);

    /// <summary>Whether a mapping of <paramref name="mapped"/> bytes will do for a block: large enough, and no more than a third wasted.</summary>
    public static bool Fits(ulong mapped, ulong charged) => charged <= mapped && mapped <= Math.Max(WholeUnits(charged), charged + (charged / 2));

    /// <summary>Takes a mapping of at least that many bytes, for a block of <paramref name="heap"/>.</summary>
    /// <returns>Null when the system has no more.</returns>
    public static HugeBlock* Take(SubHeap* heap, ulong charged)
    {
        HugeBlock* block = TakeCached(charged);
        if (block == null)
        {
            block = Map(WholeUnits(charged));
            if (block == null)
            {
                return null;
            }
        }

        block->Heap = heap;
        Retention.Took((long)block->Mapped);
        return block;
    }

    /// <summary>Takes back what <see cref="Take"/> gave.</summary>
    public static void Return(HugeBlock* block)
    {
        block->Heap = SubHeap.Nobody;
        block->Charged = 0;
        block->Remote = false;
        block->Dirty = true;
        Retention.Returned((long)block->Mapped);
        lock (s_gate)
        {
            if (Retention.HasRoomFor((long)block->Mapped))
            {
                Link(block, ref s_cached);
                s_cachedBytes += (long)block->Mapped;
                block = null;
            }
            else
            {
                Remember(block);
            }
        }

        Unmap(block);
        Trimmer.EnsureRunning();
    }

    /// <summary>Gives cached mappings back to the system until no more than <paramref name="bytes"/> are kept.</summary>
    public static void ReleaseBeyond(long bytes)
    {
        while (Volatile.Read(ref s_cachedBytes) > bytes)
        {
            HugeBlock* block;
            lock (s_gate)
            {
                block = s_cached;
                if (block == null)
                {
                    return;
                }

                Unlink(block, ref s_cached);
                s_cachedBytes -= (long)block->Mapped;
                Remember(block);
            }

            // Not under the lock: it takes the system a while.
            Unmap(block);
        }
    }

    /// <summary>The block in use whose mapping holds <paramref name="address"/>; null when there is none.</summary>
    public static HugeBlock* FindAround(nint address)
    {
        lock (s_gate)
        {
            return HugeIndex.FindAround(address);
        }
    }

    private static ulong WholeUnits(ulong bytes) => (bytes + Unit - 1) / Unit * Unit;

    private static HugeBlock* TakeCached(ulong charged)
    {
        if (Volatile.Read(ref s_cachedBytes) == 0)
        {
            return null;
        }

        lock (s_gate)
        {
            for (HugeBlock* block = s_cached; block != null; block = block->Next)
            {
                if (Fits(block->Mapped, charged))
                {
                    Unlink(block, ref s_cached);
                    s_cachedBytes -= (long)block->Mapped;
                    return block;
                }
            }
        }

        return null;
    }

    private static HugeBlock* Map(ulong bytes)
    {
        byte* memory = SystemPages.Current.Map((nuint)bytes);
        if (memory == null)
        {
            return null;
        }

        lock (s_gate)
        {
            // There was one here before, perhaps; the system uses addresses again.
            HugeBlock* block = HugeIndex.Find((nint)memory);
            if (block != null)
            {
                Forget(block);
            }
            else
            {
                block = s_goneCount < Remembered ? Create() : Forget(s_oldestGone);
                if (block->Memory != 0)
                {
                    HugeIndex.Remove(block);
                }

                block->Memory = (nint)memory;
                HugeIndex.Add(block);
            }

            block->Mapped = bytes;
            block->ReleasedIn = 0;
            block->Dirty = false;
            return block;
        }
    }

    private static HugeBlock* Create()
    {
        var block = (HugeBlock*)NativeMemory.AllocZeroed((nuint)sizeof(HugeBlock));
        block->Heap = SubHeap.Nobody;
        return block;
    }

    /// <summary>Only now may the system use the address for something else.</summary>
    private static void Unmap(HugeBlock* remembered)
    {
        if (remembered != null)
        {
            Retention.Released();
            SystemPages.Current.Unmap((byte*)remembered->Memory, (nuint)remembered->Mapped);
        }
    }

    private static void Remember(HugeBlock* block)
    {
        s_oldestGone = s_goneCount++ == 0 ? block : s_oldestGone;
        Link(block, ref s_gone);
    }

    private static HugeBlock* Forget(HugeBlock* gone)
    {
        s_goneCount--;
        s_oldestGone = s_oldestGone == gone ? gone->Previous : s_oldestGone;
        Unlink(gone, ref s_gone);
        return gone;
    }

    /// <summary>Puts a block in front of a list.</summary>
    public static void Link(HugeBlock* block, ref HugeBlock* first)
    {
        block->Previous = null;
        block->Next = first;
        if (first != null)
        {
            first->Previous = block;
        }

        first = block;
    }

    /// <summary>Takes a block out of a list.</summary>
    public static void Unlink(HugeBlock* block, ref HugeBlock* first)
    {
        if (block->Previous != null)
        {
            block->Previous->Next = block->Next;
        }
        else
        {
            first = block->Next;
        }

        if (block->Next != null)
        {
            block->Next->Previous = block->Previous;
        }

        block->Next = block->Previous = null;
    }
}
