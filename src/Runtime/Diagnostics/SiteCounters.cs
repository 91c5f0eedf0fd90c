using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>What an instrumented sub-heap counts. Written by the thread that holds it, except the two that say otherwise.</summary>
internal unsafe struct SiteCounters
{
    private const int Functions = 8;

    /// <summary>Releases by other threads; changed atomically.</summary>
    public long RemoteCount;

    /// <summary>Bytes released by other threads; changed atomically.</summary>
    public long RemoteAmount;

    private int _capacity;
    private Live* _live;
    private fixed long _counts[Functions];
    private fixed long _amounts[Functions];

    /// <summary>Makes the counters of a sub-heap ready for a new scope.</summary>
    public static void Prepare(SubHeap* heap)
    {
        SiteCounters* counters = heap->Counters;
        if (counters == null)
        {
            heap->Counters = counters = (SiteCounters*)NativeMemory.AllocZeroed((nuint)sizeof(SiteCounters));
            return;
        }

        NativeMemory.Clear(counters->_live, (nuint)(counters->_capacity * sizeof(Live)));
        int capacity = counters->_capacity;
        Live* live = counters->_live;
        *counters = default;
        counters->_capacity = capacity;
        counters->_live = live;
    }

    /// <summary>Counts a call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(MemoryFunction function, ulong bytes)
    {
        _counts[(int)function]++;
        _amounts[(int)function] += (long)bytes;
    }

    /// <summary>Counts a block that lives from now on.</summary>
    public void Born(int site, ulong bytes)
    {
        if (!HasRoomFor(site))
        {
            Grow(site);
        }

        BornKnown(site, bytes);
    }

    /// <summary>Whether <see cref="BornKnown"/> will do; it does not for a negative number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool HasRoomFor(int site) => (uint)site < (uint)_capacity;

    /// <summary>Counts a block that lives from now on, of a site that there is room for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void BornKnown(int site, ulong bytes)
    {
        _live[site].Blocks++;
        _live[site].Bytes += (long)bytes;
    }

    /// <summary>Counts a block that lives no more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Died(int site, ulong bytes)
    {
        if (site < _capacity)
        {
            _live[site].Blocks--;
            _live[site].Bytes -= (long)bytes;
        }
    }

    /// <summary>Adds live blocks by site.</summary>
    public readonly void AddLiveTo(Dictionary<int, (long Blocks, long Bytes)> sites)
    {
        for (int site = 0; site < _capacity; site++)
        {
            if (_live[site].Blocks != 0)
            {
                sites.TryGetValue(site, out (long Blocks, long Bytes) sum);
                sites[site] = (sum.Blocks + _live[site].Blocks, sum.Bytes + _live[site].Bytes);
            }
        }
    }

    /// <summary>Adds calls and bytes by function.</summary>
    public readonly void AddCallsTo(long[] counts, long[] amounts)
    {
        for (int i = 0; i < Functions; i++)
        {
            counts[i] += _counts[i];
            amounts[i] += _amounts[i];
        }

        counts[(int)MemoryFunction.Efree] += Volatile.Read(in RemoteCount);
        amounts[(int)MemoryFunction.Efree] += Volatile.Read(in RemoteAmount);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int site)
    {
        int capacity = Math.Max(64, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)site + 1));
        _live = (Live*)NativeMemory.Realloc(_live, (nuint)(capacity * sizeof(Live)));
        NativeMemory.Clear(_live + _capacity, (nuint)((capacity - _capacity) * sizeof(Live)));
        _capacity = capacity;
    }

    private struct Live
    {
        public long Blocks;
        public long Bytes;
    }
}
