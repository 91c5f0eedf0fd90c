using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <summary>What one outcome of a member says of the field that a block lies in: whether it is cleared, moved or covered by another.</summary>
internal static class FieldOutcomes
{
    /// <summary><c>_block = IntPtr.Zero;</c>, and nothing has become of what stood there.</summary>
    public static bool IsForgotten(KeyValuePair<Place, Value> write, Outcome outcome) =>
        write.Value is Const { IsNullOrZero: true } && outcome.Guards.IsEmpty &&
        !outcome.Effects.Any(effect => effect.Input.Place is { } changed && LiesIn(changed, write.Key)) && !outcome.Writes.Any(other => other.Key != write.Key && LiesIn(other.Key, write.Key)) && !Mentions(outcome.Result, write.Key) && !outcome.Writes.Any(other => other.Key != write.Key && Mentions(other.Value, write.Key));

    /// <summary>The caller gets what a place held that is cleared: <c>var p = _p; _p = null; return p;</c>.</summary>
    public static bool Detaches(Outcome outcome) =>
        outcome.Writes.Any(write => write.Value is Const { IsNullOrZero: true } && (Mentions(outcome.Result, write.Key) || outcome.Writes.Any(other => other.Key.Kind == PlaceKind.Parameter && Mentions(other.Value, write.Key))));

    /// <summary>Two fields change what they hold: <c>(_front, _back) = (_back, _front);</c>. Both hold a block as before.</summary>
    public static bool IsSwap(Place place, Place source, Outcome outcome) =>
        outcome.Writes.Any(other => other.Key == source && other.Value is Sym { Kind: SymKind.Input, Place: { } taken } && taken == place);

    /// <summary>What the place, or a member of the struct in it, held is released or given away, or the member was nothing.</summary>
    public static bool IsGoneIn(Outcome outcome, Place place) =>
        outcome.Effects.Any(effect => effect.Input.Place?.IsWithin(place) == true) ||
        outcome.Guards.Any(guard => guard is { Key: Sym { Place: { } member }, Value.Only: 0L } && member != place && member.IsWithin(place));

    /// <summary>
    /// Whether another way of the body releases what lies in the place, and nothing tells the two apart: this one may stand for
    /// an object that was not there, or was disposed of before.
    /// </summary>
    public static bool IsReleasedAlike(Outcome outcome, Place place, IEnumerable<Outcome> all) =>
        all.Any(other => other.Effects.Any(effect => effect.Ownership == Ownership.Released && effect.Input.Place is { } released && LiesIn(released, place)) &&
            outcome.Guards.All(guard => other.Guards.Any(same => Equals(same.Key, guard.Key) && Equals(same.Value.Only, guard.Value.Only))));

    /// <summary>Whether the place is <paramref name="outer"/>, or lies in the object that it holds.</summary>
    public static bool LiesIn(Place place, Place outer)
    {
        for (var depth = 0; !place.IsWithin(outer); depth++)
        {
            if (depth == Sym.MaxNesting || place.Base is not { Kind: PlaceKind.Object, Root: Sym { Place: { } holder } })
            {
                return false;
            }

            place = holder;
        }

        return true;
    }

    /// <summary>Whether the outcome is one on which the input, or what it lies in, is null.</summary>
    public static bool IsNothing(Sym input, Outcome outcome) =>
        input.Place is { } place && outcome.Guards.Any(guard => guard is { Key: Sym { Place: { } asked }, Value.Only: 0L } && LiesIn(place, asked));

    /// <summary>What another place held stands where nobody has looked at what stood there.</summary>
    public static bool IsCovered(Place place, Outcome outcome) =>
        !Mentions(outcome.Result, place) && !outcome.Writes.Any(other => other.Key != place && Mentions(other.Value, place)) &&
        !outcome.Effects.Any(effect => effect.Input.Place is { } changed && LiesIn(changed, place)) && !outcome.Guards.Any(guard => Asks(guard.Key, place));

    private static bool Asks(Value condition, Place place) => condition switch
    {
        Expression expression => Asks(expression.Left, place) || Asks(expression.Right, place),
        Sym { Kind: SymKind.Read, Origin: ReadOrigin read } => Asks(read.Of, place),
        Sym { Place: { } asked } => LiesIn(asked, place),
        _ => Mentions(condition, place),
    };

    /// <summary>Whether the value is, or holds, what stood in the place at the beginning.</summary>
    public static bool Mentions(Value value, Place place) => value switch
    {
        Sym symbol => symbol.Place == place,
        Pointer pointer => pointer.Block.External?.Place == place,
        Aggregate aggregate => aggregate.Members.Values.Any(member => Mentions(member, place)),
        _ => false,
    };
}
