using LifetimeAnalyzers.Flow.Knowledge;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>Where paths meet, what a variable holds gets a new name: what is known of how it relates to others, on both, goes on under that name. So a loop that is left by <c>break</c> is left with <c>i &lt; n</c>.</summary>
internal static class Relations
{
    /// <summary>What <paramref name="added"/> says of a relation of which <paramref name="key"/> speaks by a name that is given anew.</summary>
    public static Fact FactOf(Value key, FlowState added, List<(Sym Symbol, Value Mine, Value Theirs)> joined, HashSet<Sym> stale)
    {
        if (key is not Expression { Operator: Operator.Equal or Operator.Less or Operator.LessOrEqual } relation || SubjectOf(relation, stale) is not { } subject)
        {
            return Fact.None;
        }

        foreach (var (symbol, mine, theirs) in joined)
        {
            if (symbol == subject && mine.Equals(symbol))
            {
                return With(relation, subject, theirs) is { } there && Conditions.Truth(there, added) is { } truth ? Fact.Is(truth) : Fact.None;
            }
        }

        return Fact.None;
    }

    /// <summary>The facts, with the relations of <paramref name="mine"/> that <paramref name="one"/> knows and that hold for <paramref name="theirs"/> in <paramref name="other"/> as well.</summary>
    public static Table<Value, Fact> Add(Table<Value, Fact> facts, Sym symbol, Value mine, FlowState one, Value theirs, FlowState other, HashSet<Sym> stale)
    {
        if (mine is Const { Value: long } && theirs is Const { Value: long })
        {
            return AddBounds(facts, symbol, mine, one, theirs, other, stale);
        }

        // what already had the name is looked after where it is known; of objects there is nothing but whether they are the same
        if (symbol.Type is not { IsValueType: true } || mine.Equals(symbol) || theirs.Equals(symbol) || Sums.Split(mine) is not (Sym subject, var distance))
        {
            return facts;
        }

        foreach (var pair in one.Facts)
        {
            if (pair.Key is Expression { Operator: Operator.Equal or Operator.Less or Operator.LessOrEqual } relation && pair.Value.Only is bool truth && Rounds.Mentions(relation, subject) &&
                With(relation, subject, Sums.Plus(symbol, -distance)) is Expression here && !MentionsOther(here, symbol, stale) &&
                With(here, symbol, theirs) is { } there && Conditions.Truth(there, other) == truth)
            {
                facts = facts.SetItem(here, Fact.Is(truth));
            }
        }

        return facts;
    }

    /// <summary>Two numbers: that both are less than another value is known by the least that this can be.</summary>
    private static Table<Value, Fact> AddBounds(Table<Value, Fact> facts, Sym symbol, Value mine, FlowState one, Value theirs, FlowState other, HashSet<Sym> stale)
    {
        foreach (var pair in one.Facts)
        {
            if (pair.Key is not Sym { Type.IsValueType: true } bounded || stale.Contains(bounded) || (pair.Value.Low is null && pair.Value.NoneOf.IsEmpty))
            {
                continue;
            }

            foreach (var (relation, truth) in new[] { (Operator.Less, true), (Operator.LessOrEqual, true), (Operator.Equal, false) })
            {
                if (Conditions.Make(relation, symbol, bounded) is Expression here &&
                    Conditions.Truth(Conditions.Make(relation, mine, bounded), one) == truth && Conditions.Truth(Conditions.Make(relation, theirs, bounded), other) == truth)
                {
                    facts = facts.SetItem(here, Fact.Is(truth));
                    break;
                }
            }
        }

        return facts;
    }

    /// <summary>The only one of the names that are given anew of which the relation speaks.</summary>
    private static Sym? SubjectOf(Expression relation, HashSet<Sym> stale)
    {
        var left = Sums.Split(relation.Left).Of as Sym;
        var right = Sums.Split(relation.Right).Of as Sym;
        return left is not null && stale.Contains(left) ? StateMerger.MentionsAny(relation.Right, stale) ? null : left
            : right is not null && stale.Contains(right) && !StateMerger.MentionsAny(relation.Left, stale) ? right
            : null;
    }

    private static bool MentionsOther(Expression relation, Sym symbol, HashSet<Sym> stale) =>
        (Sums.Split(relation.Left).Of is var left && !left.Equals(symbol) && StateMerger.MentionsAny(left, stale)) ||
        (Sums.Split(relation.Right).Of is var right && !right.Equals(symbol) && StateMerger.MentionsAny(right, stale));

    /// <summary>The relation with <paramref name="value"/> in the place of <paramref name="subject"/>; null when it cannot be said so.</summary>
    private static Value? With(Expression relation, Sym subject, Value value)
    {
        if (Replaced(relation.Left, subject, value) is not { } left || Replaced(relation.Right, subject, value) is not { } right)
        {
            return null;
        }

        return Conditions.Make(relation.Operator, left, right, relation.Detail) is var made and not UnknownValue ? made : null;
    }

    private static Value? Replaced(Value side, Sym subject, Value value)
    {
        var (of, distance) = Sums.Split(side);
        return of.Equals(subject) ? (value is Sym or Expression or Const { Value: long } ? Sums.Plus(value, distance) : null) : Rounds.Mentions(side, subject) ? null : side;
    }
}
