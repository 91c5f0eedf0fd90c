using System.Collections.Immutable;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>What a path knows of an unknown value: a few constants that it is one of or none of, and an interval. Null and zero are the same constant.</summary>
internal sealed record Fact
{
    private const int MaxConstants = 8;

    /// <summary>Nothing is known.</summary>
    public static readonly Fact None = new();

    // what is learnt most often
    private static readonly Fact IsTrue = new() { OneOf = ImmutableArray.Create<object>(true) };
    private static readonly Fact IsFalse = new() { OneOf = ImmutableArray.Create<object>(false) };
    private static readonly Fact IsNull = new() { OneOf = ImmutableArray.Create<object>(0L) };
    private static readonly Fact IsNotNull = new() { NoneOf = ImmutableArray.Create<object>(0L) };

    /// <summary>The constants that the value can be; null when it can be anything.</summary>
    public ImmutableArray<object>? OneOf { get; init; }

    /// <summary>The constants that it is not.</summary>
    public ImmutableArray<object> NoneOf { get; init; } = ImmutableArray<object>.Empty;

    /// <summary>The least integer that it can be.</summary>
    public long? Minimum { get; init; }

    /// <summary>The greatest integer that it can be.</summary>
    public long? Maximum { get; init; }

    /// <summary>It is an array that was made with <c>new</c>, whichever of several.</summary>
    public bool IsNewArray { get; init; }

    public bool IsNone => !IsNewArray && OneOf is null && NoneOf.IsEmpty && Minimum is null && Maximum is null;

    /// <summary>The only value it can have, or null.</summary>
    public object? Only => OneOf is { Length: 1 } one ? one[0] : Minimum is { } low && low == Maximum ? low : null;

    /// <summary>Null, zero and the default pointer are one constant.</summary>
    public static object Key(object? constant) => constant ?? 0L;

    public static Fact Is(object? constant) => constant switch
    {
        true => IsTrue,
        false => IsFalse,
        null or 0L => IsNull,
        _ => new() { OneOf = ImmutableArray.Create(constant) },
    };

    public static Fact IsNot(object? constant) => constant is null or 0L ? IsNotNull : new() { NoneOf = ImmutableArray.Create(constant) };

    /// <summary>Whether the value equals <paramref name="constant"/>, as far as is known.</summary>
    public bool? IsEqual(object? constant)
    {
        var key = Key(constant);
        if (Only is { } only)
        {
            return only.Equals(key);
        }

        if (NoneOf.Contains(key) || (OneOf is { } some && !some.Contains(key)) ||
            (key is long number && (number < Minimum || number > Maximum)) ||
            (key is bool truth && NoneOf.Contains(!truth) && NoneOf.Contains(truth)))
        {
            return false;
        }

        return key is bool other && NoneOf.Contains(!other) ? true : null;
    }

    /// <summary>Whether the value is less than <paramref name="bound"/>, as far as is known.</summary>
    public bool? IsLess(long bound)
    {
        if (OneOf is { } some && some.All(c => c is long))
        {
            return some.All(c => (long)c < bound) ? true : some.Any(c => (long)c < bound) ? null : false;
        }

        return Maximum < bound ? true : Minimum >= bound ? false : null;
    }

    /// <summary>What is known when the value also equals (or does not equal) <paramref name="constant"/>; null when that cannot be.</summary>
    public Fact? WithEqual(object? constant, bool equal)
    {
        var key = Key(constant);
        if (IsEqual(key) is { } known)
        {
            return known == equal ? this : null;
        }

        if (equal)
        {
            return Is(key);
        }

        if (IsNone)
        {
            return IsNot(key);
        }

        if (OneOf is { } some)
        {
            return this with { OneOf = some.Remove(key) };
        }

        var next = NoneOf.Length >= MaxConstants ? this : this with { NoneOf = NoneOf.Add(key) };
        return key is long number
            ? (number == next.Minimum ? next with { Minimum = number + 1 } : number == next.Maximum ? next with { Maximum = number - 1 } : next).Tightened()
            : next;
    }

    /// <summary>What is known when the value is also less than (or not less than) <paramref name="bound"/>; null when that cannot be.</summary>
    public Fact? WithLess(long bound, bool less)
    {
        if (IsLess(bound) is { } known)
        {
            return known == less ? this : null;
        }

        if (OneOf is { } some)
        {
            var left = some.RemoveAll(c => c is long number && number < bound != less);
            return left.IsEmpty ? null : this with { OneOf = left };
        }

        if (less)
        {
            return bound == long.MinValue ? null : (this with { Maximum = Maximum is { } max ? Math.Min(max, bound - 1) : bound - 1 }).Tightened();
        }

        return (this with { Minimum = Minimum is { } min ? Math.Max(min, bound) : bound }).Tightened();
    }

    /// <summary>The same, with an interval whose ends are none of the constants that the value is not; null when nothing is left in it.</summary>
    public Fact? Tightened()
    {
        var (low, high) = (Minimum, Maximum);
        while (low is { } least && low != long.MaxValue && NoneOf.Contains(least))
        {
            low = least + 1;
        }

        while (high is { } greatest && high != long.MinValue && NoneOf.Contains(greatest))
        {
            high = greatest - 1;
        }

        return low > high ? null : low == Minimum && high == Maximum ? this : this with { Minimum = low, Maximum = high };
    }

    /// <summary>What holds on both of two paths. <paramref name="widen"/> gives up the ends of intervals that move, so that loops come to an end.</summary>
    public static Fact Join(Fact left, Fact right, bool widen)
    {
        if (left.Equals(right))
        {
            return left;
        }

        if (left.IsNone || right.IsNone)
        {
            return None;
        }

        ImmutableArray<object>? some = null;
        if (left.OneOf is { } a && right.OneOf is { } b)
        {
            var union = a;
            foreach (var constant in b)
            {
                if (!union.Contains(constant))
                {
                    union = union.Add(constant);
                }
            }

            some = union.Length <= MaxConstants && !(widen && union.Length > a.Length && union.Any(c => c is long)) ? Sorted(union) : null;
        }

        var none = WithoutValuesOf(left.NoneOf, left, right, ImmutableArray<object>.Empty);
        none = WithoutValuesOf(right.NoneOf, left, right, none);
        if (some is null && left.IsEqual(null) == false && right.IsEqual(null) == false && !none.Contains(0L))
        {
            none = none.Add(0L);
        }

        long? low = null, high = null;
        if (left.Low is { } from && right.Low is { } begin)
        {
            low = begin >= from ? from : widen ? Outside(begin, -1) : begin;
        }

        if (left.High is { } to && right.High is { } end)
        {
            high = end <= to ? to : widen ? Outside(end, 1) : end;
        }

        // what lies outside of the interval, or beside the constants, need not be said
        none = some is not null ? ImmutableArray<object>.Empty : none.RemoveAll(c => c is long number && (number < low || number > high));
        return new Fact { OneOf = some, NoneOf = none, Minimum = some is null ? low : null, Maximum = some is null ? high : null, IsNewArray = left.IsNewArray && right.IsNewArray };
    }

    /// <summary>The end of an interval that grows: the next number that code asks for, beyond which it is open.</summary>
    private static long? Outside(long end, int direction)
    {
        for (var bound = -direction; bound != 2 * direction; bound += direction)
        {
            if (direction < 0 ? bound <= end : bound >= end)
            {
                return bound;
            }
        }

        return null;
    }

    /// <summary>What is known of the sum of the value and a constant.</summary>
    public Fact Moved(long distance)
    {
        if (distance == 0 || IsNone)
        {
            return this;
        }

        var some = OneOf is { } constants && constants.All(static c => c is long) ? constants.Select(c => (object)unchecked((long)c + distance)).ToImmutableArray() : (ImmutableArray<object>?)null;
        var none = NoneOf.IsEmpty ? NoneOf : NoneOf.Where(static c => c is long).Select(c => (object)unchecked((long)c + distance)).ToImmutableArray();
        return new Fact { OneOf = some, NoneOf = none, Minimum = Plus(Minimum, distance), Maximum = Plus(Maximum, distance) };
    }

    private static long? Plus(long? bound, long distance) =>
        bound is { } number && (distance > 0 ? number <= long.MaxValue - distance : number >= long.MinValue - distance) ? number + distance : null;

    /// <summary>Adds the constants that the value is not, whichever of the two facts holds.</summary>
    private static ImmutableArray<object> WithoutValuesOf(ImmutableArray<object> constants, Fact left, Fact right, ImmutableArray<object> none)
    {
        foreach (var constant in constants)
        {
            if (!none.Contains(constant) && left.IsEqual(constant) == false && right.IsEqual(constant) == false)
            {
                none = none.Add(constant);
            }
        }

        return none;
    }

    /// <summary>The least number that it can be, if it is a number.</summary>
    public long? Low => OneOf is { } some && some.All(c => c is long) ? some.Min(c => (long)c) : Minimum;

    /// <summary>The greatest number that it can be, if it is a number.</summary>
    public long? High => OneOf is { } some && some.All(c => c is long) ? some.Max(c => (long)c) : Maximum;

    public bool Equals(Fact? other) =>
        ReferenceEquals(this, other) || (other is not null && IsNewArray == other.IsNewArray && Minimum == other.Minimum && Maximum == other.Maximum && NoneOf.SequenceEqual(other.NoneOf) &&
        (OneOf is { } mine ? other.OneOf is { } theirs && mine.SequenceEqual(theirs) : other.OneOf is null));

    public override int GetHashCode() => (Minimum, Maximum, NoneOf.Length, OneOf?.Length).GetHashCode();

    private static ImmutableArray<object> Sorted(ImmutableArray<object> constants) =>
        constants.All(c => c is long) ? constants.Sort((x, y) => ((long)x).CompareTo((long)y)) : constants;
}
