using LifetimeAnalyzers.Flow.Lifetimes;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>Forgets released blocks that nothing refers to any more, so that paths which differ in nothing else go on as one.</summary>
internal static class DeadBlocks
{
    public static FlowState Forget(FlowState state)
    {
        if (state.Blocks.IsEmpty)
        {
            return state;
        }

        HashSet<Block>? dead = null;
        foreach (var pair in state.Blocks)
        {
            if (pair.Value.Ownership == Ownership.Released && CanDie(pair.Key))
            {
                (dead ??= new HashSet<Block>()).Add(pair.Key);
            }
        }

        if (dead is null)
        {
            return state;
        }

        foreach (var pair in state.Values)
        {
            Keep(pair.Value, dead);
            if (pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym owner })
            {
                KeepMentioned(owner, dead);
            }

            if (dead.Count == 0)
            {
                return state;
            }
        }

        return state.With(state.Values, state.Blocks.RemoveAll(pair => dead.Contains(pair.Key)));
    }

    /// <summary>What the body was handed, or can read again, may be met again without a place that holds it; the end of a scope is a fact for what follows.</summary>
    private static bool CanDie(Block block) =>
        block.External is { } external ? external.Kind is SymKind.Result or SymKind.Join : !RequestScopes.IsScope(block.Family);

    private static void KeepMentioned(Sym symbol, HashSet<Block> dead) =>
        dead.RemoveWhere(block => block.External is { } external && Rounds.Mentions(symbol, external));

    /// <summary>An object that has released its own, and cleared its field, is still at hand: who uses it now makes a mistake.</summary>
    private static void KeepOfObject(Sym symbol, HashSet<Block> dead)
    {
        if (symbol is { Kind: SymKind.NewObject, Type: { DeclaringSyntaxReferences.IsEmpty: false } type })
        {
            dead.RemoveWhere(block => block.OwnerType is { } owner && SymbolEqualityComparer.Default.Equals(owner, type));
        }
    }

    private static void Keep(Value value, HashSet<Block> dead)
    {
        switch (value)
        {
            case Pointer pointer:
                dead.Remove(pointer.Block);
                break;
            case Sym symbol:
                KeepMentioned(symbol, dead);
                KeepOfObject(symbol, dead);
                break;
            case Borrower borrower:
                foreach (var block in borrower.Blocks)
                {
                    dead.Remove(block);
                }

                Keep(borrower.Result, dead);
                break;
            case Aggregate aggregate:
                foreach (var member in aggregate.Members.Values)
                {
                    Keep(member, dead);
                }

                break;
            case Closure { Receiver: { } receiver }:
                Keep(receiver, dead);
                break;
            case Expression expression:
                Keep(expression.Left, dead);
                Keep(expression.Right, dead);
                break;
        }
    }
}
