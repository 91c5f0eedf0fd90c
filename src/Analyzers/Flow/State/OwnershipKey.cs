namespace LifetimeAnalyzers.Flow.State;

/// <summary>
/// What tells states at one point apart, as a sum of mixed entries: the order of the entries does not count. Two states
/// with different entries have the same key with a probability of one in 2^64.
/// </summary>
internal struct OwnershipKey : IEquatable<OwnershipKey>
{
    private ulong _sum;

    /// <summary>The key that all states share that were too many to keep apart.</summary>
    public static OwnershipKey Everything
    {
        get
        {
            var key = default(OwnershipKey);
            key.Add(7, 0, 0, 0);
            return key;
        }
    }

    /// <summary>Adds one entry.</summary>
    public void Add(int kind, int first, int second, int third)
    {
        unchecked
        {
            var mixed = Mix(((ulong)(uint)first << 32) | (uint)second);
            _sum += Mix(mixed ^ Mix(((ulong)(uint)kind << 32) | (uint)third));
        }
    }

    /// <summary>The key apart from those of states that are kept apart in full.</summary>
    public readonly OwnershipKey Coarse()
    {
        var key = this;
        key.Add(8, 0, 0, 0);
        return key;
    }

    public readonly bool Equals(OwnershipKey other) => _sum == other._sum;

    public override readonly bool Equals(object? obj) => obj is OwnershipKey other && Equals(other);

    public override readonly int GetHashCode() => _sum.GetHashCode();

    /// <summary>The finalizer of the SplitMix64 generator: every bit of the input changes half of the output.</summary>
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
