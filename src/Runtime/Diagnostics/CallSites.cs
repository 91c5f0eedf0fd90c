using System.Runtime.CompilerServices;

namespace LifetimeAnalyzers;

/// <summary>Numbers the lines of code that allocate. Process-wide; looking a known line up takes no lock.</summary>
internal static class CallSites
{
    private const int Buckets = 1024;

    private static readonly object s_gate = new();
    private static readonly CallSite?[] s_buckets = new CallSite?[Buckets];
    private static CallSite[] s_all = new CallSite[64];
    private static int s_count;

    /// <summary>How many there are.</summary>
    public static int Count => Volatile.Read(ref s_count);

    /// <summary>The site of that number.</summary>
    public static CallSite Of(int number) => Volatile.Read(ref s_all)[number];

    /// <summary>The number of a site.</summary>
    public static int NumberOf(string file, int line, MemoryFunction function)
    {
        int known = KnownNumber(file, line, function);
        return known >= 0 ? known : Find(ref Bucket(file, line, function), file, line, function);
    }

    /// <summary>The number of a site that was seen before, with this very string; else -1. Makes no call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int KnownNumber(string file, int line, MemoryFunction function)
    {
        // The compiler hands over the same string each time.
        for (CallSite? site = Volatile.Read(ref Bucket(file, line, function)); site is not null; site = site.Next)
        {
            if (site.Line == line && ReferenceEquals(site.File, file) && site.Function == function)
            {
                return site.Number;
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref CallSite? Bucket(string file, int line, MemoryFunction function) =>
        ref s_buckets[((line * 31) + (file.Length * 7) + (int)function) & (Buckets - 1)];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Find(ref CallSite? bucket, string file, int line, MemoryFunction function)
    {
        for (CallSite? site = Volatile.Read(ref bucket); site is not null; site = site.Next)
        {
            if (site.Line == line && site.Function == function && (ReferenceEquals(site.File, file) || site.File == file))
            {
                return site.Number;
            }
        }

        return Add(ref bucket, file, line, function);
    }

    private static int Add(ref CallSite? bucket, string file, int line, MemoryFunction function)
    {
        lock (s_gate)
        {
            for (CallSite? known = bucket; known is not null; known = known.Next)
            {
                if (known.Line == line && known.Function == function && known.File == file)
                {
                    return known.Number;
                }
            }

            var site = new CallSite(s_count, file, line, function, bucket);
            if (s_count == s_all.Length)
            {
                Array.Resize(ref s_all, s_count * 2);
            }

            s_all[s_count] = site;
            Volatile.Write(ref s_count, s_count + 1);
            Volatile.Write(ref bucket, site);
            return site.Number;
        }
    }
}
