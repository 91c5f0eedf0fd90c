using LifetimeAnalyzers.Flow.Knowledge;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>
/// What a bool is where two paths meet on which it has different values: <c>use = a &amp;&amp; !b</c> is <c>!b</c> where <c>a</c> holds,
/// and <c>false</c> otherwise, which is the conjunction itself. What it says of its parts is known where somebody asks for it later.
/// </summary>
internal static class BothTruths
{
    /// <summary>Where so much is known, the condition that tells the paths apart is not looked for.</summary>
    private const int MaxFacts = 24;

    /// <summary>The value that is the one on the one path and the other on the other; null when it cannot be said.</summary>
    public static Value? Of(Value mine, FlowState known, Value theirs, FlowState added, Place place)
    {
        if (place.Type?.SpecialType != SpecialType.System_Boolean)
        {
            return null;
        }

        if (IsSame(mine, theirs, added))
        {
            return mine;
        }

        if (IsSame(theirs, mine, known))
        {
            return theirs;
        }

        return mine is Const { Value: bool } ? When(theirs, added, mine, known) : theirs is Const { Value: bool } ? When(mine, known, theirs, added) : null;
    }

    /// <summary>Whether a conjunction or alternative that is known already is the value on the added path.</summary>
    private static bool IsSame(Value mine, Value theirs, FlowState added) =>
        mine is Expression { Operator: Operator.And or Operator.Or } &&
        (theirs is Const { Value: bool truth } ? Conditions.Truth(mine, added) == truth : Reduced(mine, added).Equals(Reduced(theirs, added)));

    private static Value Reduced(Value value, FlowState state)
    {
        while (value is Expression { Operator: Operator.And or Operator.Or } either)
        {
            if (Conditions.Truth(either.Left, state) is not { } truth)
            {
                break;
            }

            value = truth == (either.Operator == Operator.And) ? either.Right : Value.Of(truth);
        }

        return value;
    }

    /// <summary><paramref name="value"/> where <paramref name="one"/> holds, and <paramref name="constant"/> where <paramref name="other"/> does.</summary>
    private static Value? When(Value value, FlowState one, Value constant, FlowState other)
    {
        if (value is not (Expression or Sym) || one.Facts.Count > MaxFacts || other.Facts.Count > MaxFacts)
        {
            return null;
        }

        var isFalse = constant.Equals(Value.False);
        if ((Distinguishing(one, other) ?? (Distinguishing(other, one) is { } reverse ? Conditions.Not(reverse) : null)) is not { } condition)
        {
            return null;
        }

        return Conditions.Make(isFalse ? Operator.And : Operator.Or, isFalse ? condition : Conditions.Not(condition), value) as Expression;
    }

    private static Value? NotNull(Value about, Fact fact) => fact is { OneOf: null, NoneOf: { Length: 1 } none } && none[0] is 0L ? Conditions.Not(Conditions.Make(Operator.Equal, about, Value.Null)) : null;

    /// <summary>A condition that the one knows to hold and the other not to.</summary>
    private static Value? Distinguishing(FlowState one, FlowState other)
    {
        foreach (var pair in one.Facts)
        {
            if ((Alternatives.ConditionOf(pair.Key, pair.Value) ?? NotNull(pair.Key, pair.Value)) is { } condition && Conditions.Truth(condition, other) == false)
            {
                return condition;
            }
        }

        return null;
    }
}
