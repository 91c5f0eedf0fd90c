using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.State;

namespace LifetimeAnalyzers.Summaries;

/// <summary>
/// An outcome that differs from another only in that an owner's block is released and replaced by a new one: a buffer
/// that has grown. To a caller that holds nothing of the old block the two are the same.
/// </summary>
/// <param name="Grown">The index of the outcome that replaces.</param>
/// <param name="Same">The index of the outcome that leaves the block.</param>
/// <param name="Replaced">What the places held before.</param>
/// <param name="Places">The places that hold the block, and views over it, before and after.</param>
internal sealed record Renewal(int Grown, int Same, ImmutableArray<Sym> Replaced, ImmutableArray<Place> Places)
{
    /// <summary>Finds such pairs.</summary>
    public static ImmutableArray<Renewal> Among(ImmutableArray<Outcome> outcomes)
    {
        if (outcomes.Length < 2 || outcomes.All(outcome => outcome.Blocks.IsEmpty))
        {
            return ImmutableArray<Renewal>.Empty;
        }

        var found = ImmutableArray.CreateBuilder<Renewal>();
        for (var grown = 0; grown < outcomes.Length; grown++)
        {
            for (var same = 0; same < outcomes.Length; same++)
            {
                if (grown != same && Compare(outcomes[grown], outcomes[same], grown, same) is { } renewal)
                {
                    found.Add(renewal);
                    break;
                }
            }
        }

        return found.ToImmutable();
    }

    private static Renewal? Compare(Outcome grown, Outcome same, int grownIndex, int sameIndex)
    {
        if (grown.Blocks.IsEmpty || !same.Blocks.IsEmpty)
        {
            return null;
        }

        var replaced = new Dictionary<Block, Sym>();
        var places = ImmutableArray.CreateBuilder<Place>();
        foreach (var write in grown.Writes)
        {
            // an input is interned by its place: the released ones are those whose place is written anew
            if (write.Value is Pointer { IsView: false, Offset: Offset.Start } pointer && pointer.Block.External is null &&
                grown.Effects.FirstOrDefault(effect => effect.Ownership == Ownership.Released && effect.Input.Place == write.Key) is { } effect)
            {
                replaced[pointer.Block] = effect.Input;
                places.Add(write.Key);
            }
        }

        if (replaced.Count != grown.Blocks.Length || grown.Blocks.Any(block => !replaced.ContainsKey(block.Key) || block.Value.Ownership != Ownership.Owned) ||
            grown.Effects.Length != same.Effects.Length + replaced.Count ||
            !same.Effects.All(effect => grown.Effects.Any(other => other.Input == effect.Input && other.Ownership == effect.Ownership)))
        {
            return null;
        }

        foreach (var write in grown.Writes)
        {
            if (places.Contains(write.Key))
            {
                if (same.Writes.Any(other => other.Key == write.Key))
                {
                    return null;
                }
            }
            else if (write.Value is Pointer { IsView: true } view && replaced.ContainsKey(view.Block))
            {
                places.Add(write.Key);
            }
            else if (!IsPlain(write.Value) && !same.Writes.Any(other => other.Key == write.Key && other.Value.Equals(write.Value)))
            {
                return null;
            }
        }

        return AreAlike(grown.Result, same.Result, replaced) ? new Renewal(grownIndex, sameIndex, replaced.Values.ToImmutableArray(), places.ToImmutable()) : null;
    }

    /// <summary>A number or an unknown: a position, a capacity.</summary>
    private static bool IsPlain(Value value) => value is UnknownValue or Expression or Const { Value: long } or Sym { Kind: SymKind.Result or SymKind.Join };

    private static bool AreAlike(Value grown, Value same, Dictionary<Block, Sym> replaced) => (grown, same) switch
    {
        (Pointer now, Pointer before) => replaced.TryGetValue(now.Block, out var old) ? before.Block.External == old && before.IsView == now.IsView : now.Equals(before),
        (Pointer now, Sym before) => replaced.TryGetValue(now.Block, out var old) && before == old,
        (Pointer, _) => false,
        _ => grown.Equals(same) || (grown is UnknownValue or Sym { Kind: SymKind.Result or SymKind.Join } && same is UnknownValue or Sym { Kind: SymKind.Result or SymKind.Join }),
    };
}
