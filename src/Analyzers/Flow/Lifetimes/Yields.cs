using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.Lifetimes;

/// <summary>
/// What an iterator gives its consumer, element by element: the states in which it does, each with the element as the result.
/// A block that the iterator releases itself when it goes on was only lent.
/// </summary>
internal sealed class Yields
{
    private const int MaxStates = 16;
    private readonly List<FlowState> _states = new();
    private readonly HashSet<(IOperation Site, int Index)> _lent = new();

    /// <summary>An element is given; <paramref name="state"/> has it as the result.</summary>
    public void Note(FlowState state)
    {
        if (_states.Count < MaxStates)
        {
            _states.Add(state);
        }
    }

    /// <summary>The block is released or goes somewhere: one that the consumer has had already was never his.</summary>
    public void NoteUse(Block block, BlockState? state)
    {
        if (block.Site is not null && state is { TransferredAt.Kind: OperationKind.YieldReturn })
        {
            _lent.Add((block.Site, block.Index));
        }
    }

    /// <summary>The states in which elements are given; none when it is not the consumer who has to release them.</summary>
    /// <param name="departures">What has become of the blocks of the body: one that is kept somewhere is not the consumer's alone.</param>
    public IReadOnlyList<FlowState> Given(IEnumerable<Departure> departures)
    {
        if (_states.Count == 0)
        {
            return [];
        }

        var shared = new HashSet<(IOperation, int)>(_lent);
        shared.UnionWith(departures.Where(static departure => departure is { Block.Site: not null, At.Kind: not OperationKind.YieldReturn, IsGone: false }).Select(static departure => (departure.Block.Site!, departure.Block.Index)));
        return _states.Exists(state => state.Blocks.Any(pair => pair.Key.Site is { } site && shared.Contains((site, pair.Key.Index)))) ? [] : _states;
    }
}
