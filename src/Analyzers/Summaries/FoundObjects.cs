using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.State;

namespace LifetimeAnalyzers.Summaries;

/// <summary>
/// Objects that a body finds somewhere: in a pool, in a table, as the result of a call. Callers know nothing of them, so what
/// such an object is given is out of the callers' hands.
/// </summary>
internal static class FoundObjects
{
    /// <summary>The effects of a way in which a body ends, with the inputs that it leaves in objects that it found.</summary>
    public static ImmutableArray<InputEffect> AddWhatTheyAreGiven(ImmutableArray<InputEffect> effects, FlowState state)
    {
        Stack<Value>? given = null;
        foreach (var pair in state.Values)
        {
            if (pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym { Kind: not SymKind.NewObject, IsInput: false } } && CanLead(pair.Value))
            {
                (given ??= new Stack<Value>()).Push(pair.Value);
            }
        }

        return given is null ? effects : effects.AddRange(InputsIn(given, state).Where(input => !effects.Any(effect => effect.Input == input))
            .OrderBy(input => input.Id).Select(input => new InputEffect(input, Ownership.Transferred, null, null)));
    }

    private static bool CanLead(Value value) => value is Sym or Pointer { IsView: false } or Aggregate;

    /// <summary>The inputs among the values, and in the new objects among them.</summary>
    private static HashSet<Sym> InputsIn(Stack<Value> values, FlowState state)
    {
        var inputs = new HashSet<Sym>();
        var seen = new HashSet<Sym>();
        while (values.Count > 0)
        {
            switch (values.Pop())
            {
                case Pointer { IsView: false, Block.External: { IsInput: true } designated }:
                    inputs.Add(designated);
                    break;
                case Sym { IsInput: true, Place.Kind: not PlaceKind.This } input when Frame.CanCarry(input.Type):
                    inputs.Add(input);
                    break;
                case Sym { Kind: SymKind.NewObject } made when seen.Add(made):
                    foreach (var pair in state.Values)
                    {
                        if (pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym owner } && owner == made && CanLead(pair.Value))
                        {
                            values.Push(pair.Value);
                        }
                    }

                    break;
                case Aggregate aggregate:
                    foreach (var member in aggregate.Members.Values.Where(CanLead))
                    {
                        values.Push(member);
                    }

                    break;
            }
        }

        return inputs;
    }
}
