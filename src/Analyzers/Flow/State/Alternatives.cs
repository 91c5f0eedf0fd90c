using LifetimeAnalyzers.Flow.Knowledge;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>
/// What is known where two ways meet that are taken for different reasons: the one because a buffer is null, the other because it is
/// one that all share. It is one of the two then, and none that somebody has rented.
/// </summary>
internal static class Alternatives
{
    /// <summary>Where so much is known, alternatives are not looked for.</summary>
    private const int MaxFacts = 12;

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

    /// <summary>
    /// The facts, with what follows from a condition that <paramref name="one"/> knows to hold and <paramref name="other"/> not to,
    /// while <paramref name="other"/> knows of another one that holds: it is the one or the other, <c>if (a || b)</c>.
    /// </summary>
    public static Table<Value, Fact> AddEither(Table<Value, Fact> facts, FlowState one, FlowState other, HashSet<Sym> stale)
    {
        if (one.Facts.Count > MaxFacts || other.Facts.Count > MaxFacts)
        {
            return facts;
        }

        foreach (var pair in one.Facts)
        {
            if (pair.Value.Only is not bool holds || Conditions.Truth(pair.Key, other) != !holds || StateMerger.MentionsAny(pair.Key, stale))
            {
                continue;
            }

            foreach (var theirs in other.Facts)
            {
                if (!IsWithin(theirs.Key, pair.Key) && ConditionOf(theirs.Key, theirs.Value) is { } second && !StateMerger.MentionsAny(theirs.Key, stale) && Conditions.Truth(second, one) != true &&
                    Either(holds ? pair.Key : Conditions.Not(pair.Key), second) is { } either)
                {
                    facts = facts.SetItem(either, Fact.Is(true));
                    break;
                }
            }
        }

        return facts;
    }

    private static bool IsWithin(Value part, Value whole) =>
        part.Equals(whole) || (whole is Expression outer && (IsWithin(part, outer.Left) || IsWithin(part, outer.Right)));

    /// <summary>What a fact says, as a condition; null when it says more than one thing.</summary>
    public static Value? ConditionOf(Value about, Fact fact)
    {
        var condition = fact switch
        {
            { Only: bool truth } => truth ? about : Conditions.Not(about),
            { Only: long number } => Conditions.Make(Operator.Equal, about, new Const(number)),
            { Only: null, Minimum: { } low, Maximum: null } => Conditions.Make(Operator.Less, new Const(low - 1), about),
            { Only: null, Minimum: null, Maximum: { } high } => Conditions.Make(Operator.LessOrEqual, about, new Const(high)),
            _ => null,
        };
        return condition is Expression or Sym ? condition : null;
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
