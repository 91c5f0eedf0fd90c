namespace LifetimeAnalyzers.Flow;

/// <summary>
/// What is known where two ways meet that are taken for different reasons: the one because a buffer is null, the other because it is
/// one that all share. It is one of the two then, and none that somebody has rented.
/// </summary>
internal static class Alternatives
{
    /// <summary>What a state knows of a condition; of alternatives also when it knows one of them.</summary>
    public static Fact FactOf(Value condition, FlowState state) =>
        condition is Expression { Operator: Operator.Or } && Conditions.Truth(condition, state) == true ? Fact.Is(true) : state.FactOf(condition);

    /// <summary>The facts, with what follows from <paramref name="one"/> knowing that an object is another one and <paramref name="other"/> that it is null.</summary>
    public static Table<Value, Fact> Add(Table<Value, Fact> facts, FlowState one, FlowState other, HashSet<Sym> stale)
    {
        foreach (var pair in one.Facts)
        {
            if (pair.Key is not Expression { Operator: Operator.Equal or Operator.Or } same || pair.Value.Only is not true || Conditions.Truth(same, other) == true || StateMerger.MentionsAny(same, stale))
            {
                continue;
            }

            foreach (var subject in SubjectsOf(same))
            {
                if (other.FactOf(subject).Only is 0L && Either(Conditions.Make(Operator.Equal, subject, Value.Null), same) is { } either)
                {
                    facts = facts.SetItem(either, Fact.Is(true));
                }
            }
        }

        return facts;
    }

    /// <summary>Both conditions in one; null when it would be too long.</summary>
    public static Expression? Either(Value one, Value two) => Conditions.Make(Operator.Or, one, two) as Expression;

    /// <summary>The references that an identity, or alternatives of identities, speak of.</summary>
    public static IEnumerable<Sym> SubjectsOf(Expression condition)
    {
        foreach (var side in new[] { condition.Left, condition.Right })
        {
            if (side is Sym { Type.IsReferenceType: true } subject)
            {
                yield return subject;
            }
            else if (condition.Operator == Operator.Or && side is Expression inner)
            {
                foreach (var deeper in SubjectsOf(inner))
                {
                    yield return deeper;
                }
            }
        }
    }
}
