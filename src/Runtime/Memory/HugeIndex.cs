namespace LifetimeAnalyzers;

/// <summary>
/// From the address of a huge block to what is known of it: a hash table with open addressing. Looking up takes no lock;
/// whoever changes it holds the lock of <see cref="HugeMappings"/>.
/// </summary>
internal static unsafe class HugeIndex
{
    private const nint Empty = 0;
    private const nint Removed = 1;

    // A managed array: a reader may still be in the old one when a larger one takes its place.
    private static Entry[] s_entries = new Entry[64];
    private static int s_count;
    private static int s_removed;

    /// <summary>The block that starts at <paramref name="address"/>, in use or not; null when none ever did, or too long ago.</summary>
    public static HugeBlock* Find(nint address)
    {
        if ((address & (SizeClasses.PageBytes - 1)) != 0 || address == Empty)
        {
            return null;
        }

        Entry[] entries = Volatile.Read(ref s_entries);
        for (int i = Home(address, entries.Length); ; i = (i + 1) & (entries.Length - 1))
        {
            nint found = Volatile.Read(ref entries[i].Address);
            if (found == address)
            {
                // The entry may be another's by now, if nobody owns this address.
                HugeBlock* block = entries[i].Block;
                return block->Memory == address ? block : null;
            }

            if (found == Empty)
            {
                return null;
            }
        }
    }

    /// <summary>The block in use whose mapping holds <paramref name="address"/>; null when there is none. Looks at all of them.</summary>
    public static HugeBlock* FindAround(nint address)
    {
        foreach (Entry entry in s_entries)
        {
            if (entry.Address is not (Empty or Removed) && entry.Block->Charged != 0 && entry.Block->Covers(address))
            {
                return entry.Block;
            }
        }

        return null;
    }

    /// <summary>Adds a block, whose address no other has.</summary>
    public static void Add(HugeBlock* block)
    {
        if ((s_count + s_removed + 1) * 2 > s_entries.Length)
        {
            Rebuild();
        }

        Put(s_entries, block);
        s_count++;
    }

    /// <summary>Removes a block.</summary>
    public static void Remove(HugeBlock* block)
    {
        Entry[] entries = s_entries;
        int mask = entries.Length - 1;
        int at = Home(block->Memory, entries.Length);
        while (entries[at].Address != block->Memory)
        {
            at = (at + 1) & mask;
        }

        s_count--;
        if (entries[(at + 1) & mask].Address != Empty)
        {
            Volatile.Write(ref entries[at].Address, Removed);
            s_removed++;
            return;
        }

        // Nothing follows: nobody needs to step over this entry, nor over removed ones just before it.
        Volatile.Write(ref entries[at].Address, Empty);
        for (at = (at - 1) & mask; entries[at].Address == Removed; at = (at - 1) & mask)
        {
            Volatile.Write(ref entries[at].Address, Empty);
            s_removed--;
        }
    }

    private static void Put(Entry[] entries, HugeBlock* block)
    {
        int i = Home(block->Memory, entries.Length);
        while (entries[i].Address is not (Empty or Removed))
        {
            i = (i + 1) & (entries.Length - 1);
        }

        s_removed -= entries[i].Address == Removed ? 1 : 0;
        entries[i].Block = block;
        Volatile.Write(ref entries[i].Address, block->Memory);
    }

    private static void Rebuild()
    {
        Entry[] old = s_entries;
        var entries = new Entry[(s_count + 1) * 4 > old.Length ? old.Length * 2 : old.Length];
        s_removed = 0;
        foreach (Entry entry in old)
        {
            if (entry.Address is not (Empty or Removed))
            {
                Put(entries, entry.Block);
            }
        }

        Volatile.Write(ref s_entries, entries);
    }

    /// <summary>Multiplicative hashing: mappings lie side by side.</summary>
    private static int Home(nint address, int length) =>
        (int)(((ulong)address >> 12) * 0x9E3779B97F4A7C15 >> 40) & (length - 1);

    private struct Entry
    {
        public nint Address;
        public HugeBlock* Block;
    }
}
