using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.Lifetimes;

/// <summary>Request scopes as blocks: which one is open on a path, and what ends with it.</summary>
internal static class RequestScopes
{
    private const string FamilyName = "request scope";

    /// <summary>Whether blocks of <paramref name="family"/> are request scopes.</summary>
    public static bool IsScope(Family? family) => family?.Name == FamilyName;

    /// <summary>The scope that request memory is taken from; null when the body did not begin it, or it cannot be known.</summary>
    /// <param name="state">The path at hand.</param>
    /// <param name="from">The scope object that the memory is asked of; null for the ambient scope.</param>
    public static Block? At(FlowState state, Value? from)
    {
        if (from is not null)
        {
            return from is Pointer { Block: var asked } && IsScope(asked.Family) && state[asked] is { Ownership: Ownership.Owned } ? asked : null;
        }

        Block? innermost = null;
        foreach (var pair in state.Blocks)
        {
            if (IsScope(pair.Key.Family) && pair.Value.Ownership == Ownership.Owned && (innermost is null || pair.Key.Id > innermost.Id))
            {
                innermost = pair.Key;
            }
        }

        return innermost;
    }

    /// <summary>What holds when <paramref name="scope"/> has ended: all that is left of its memory is released.</summary>
    public static FlowState End(FlowState state, Block scope, IOperation at)
    {
        var blocks = state.Blocks;
        foreach (var pair in state.Blocks)
        {
            if (pair.Value.Scope == scope && pair.Value.Ownership == Ownership.Owned)
            {
                blocks = blocks.SetItem(pair.Key, pair.Value with { Ownership = Ownership.Released, ReleasedAt = at, ReleasedAs = scope.Family, MayBeNull = false });
            }
        }

        return state.With(state.Values, blocks);
    }

    /// <summary>Whether the block is gone because its scope has ended, and for no other reason.</summary>
    public static bool IsEndedBlock(BlockState? state) => state is { Ownership: Ownership.Released, Scope: not null } && IsScope(state.ReleasedAs);
}
