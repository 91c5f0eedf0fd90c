using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Lifetimes;

/// <summary>A field of the receiver or of a parameter that a body uses whenever it returns.</summary>
/// <param name="Input">What the field held when the body began.</param>
/// <param name="MayBeEmpty">The body only makes a span or the like over it, or goes through it in a loop: that may come to nothing.</param>
internal sealed record SureUse(Sym Input, bool MayBeEmpty);

/// <summary>
/// Which fields a body reads through, or hands on, whatever way it takes, without asking them first: who calls it while they are
/// null makes a mistake.
/// </summary>
internal sealed class SureUses
{
    private readonly Dictionary<Sym, List<(int Block, bool IsView)>> _uses = new();

    /// <summary>The block of the graph that is gone through.</summary>
    public int Block { get; set; }

    /// <summary>Notes that an input is used.</summary>
    public void Note(Sym input, IOperation at, FlowState state)
    {
        if (!CanBeCleared(input) || IsOfNumber(at) || IsAsked(input, state))
        {
            return;
        }

        if (!_uses.TryGetValue(input, out var uses))
        {
            _uses.Add(input, uses = new List<(int, bool)>());
        }

        var use = (Block, at.Type is { } type && Calls.IsViewType(type));
        if (!uses.Contains(use))
        {
            uses.Add(use);
        }
    }

    /// <summary>The inputs that no way around the uses leads past.</summary>
    public ImmutableArray<SureUse> In(ControlFlowGraph graph)
    {
        if (_uses.Count == 0)
        {
            return ImmutableArray<SureUse>.Empty;
        }

        var sure = ImmutableArray.CreateBuilder<SureUse>();
        foreach (var pair in _uses.OrderBy(static pair => pair.Key.Id))
        {
            var last = graph.Blocks.Length - 1;
            var reads = new HashSet<int>(pair.Value.Where(static use => !use.IsView).Select(static use => use.Block));
            var uses = new HashSet<int>(pair.Value.Select(static use => use.Block));
            if (!IsPassedBy(graph, 0, last, reads))
            {
                sure.Add(new SureUse(pair.Key, MayBeEmpty: false));
            }
            else if (!IsPassedBy(graph, 0, last, WithLoops(graph, uses)))
            {
                sure.Add(new SureUse(pair.Key, MayBeEmpty: true));
            }
        }

        return sure.ToImmutable();
    }

    /// <summary>The blocks, and the heads of the loops that come to one of them in every round: a loop that has no round has nothing to do.</summary>
    private static HashSet<int> WithLoops(ControlFlowGraph graph, HashSet<int> uses)
    {
        foreach (var block in graph.Blocks)
        {
            foreach (var branch in new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
            {
                if (branch?.Destination is { } head && head.Ordinal <= block.Ordinal && !IsPassedBy(graph, head.Ordinal, block.Ordinal, uses))
                {
                    uses.Add(head.Ordinal);
                }
            }
        }

        return uses;
    }

    /// <summary>A pointer or number in a field of an object or struct that the body was handed.</summary>
    private static bool CanBeCleared(Sym input) =>
        input is { Kind: SymKind.Input, Place: { Kind: PlaceKind.Member, Root: IFieldSymbol, Parent.Kind: not PlaceKind.Member }, Type: IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } };

    /// <summary><c>_p.ToString()</c>: to ask a number for its text needs nothing behind it.</summary>
    private static bool IsOfNumber(IOperation at) => at is IInvocationOperation { Instance.Type.SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr };

    /// <summary>The way that is gone is one of those on which the field is not null, or a flag says something.</summary>
    private static bool IsAsked(Sym input, FlowState state)
    {
        if (!state.FactOf(input).IsNone)
        {
            return true;
        }

        foreach (var fact in state.Facts)
        {
            if (fact.Key is Sym { IsInput: true, Place.Kind: PlaceKind.Member, Type.SpecialType: SpecialType.System_Boolean })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a way leads through the blocks from the first to the last, and past those that use the field.</summary>
    private static bool IsPassedBy(ControlFlowGraph graph, int first, int last, HashSet<int> uses)
    {
        var seen = new bool[graph.Blocks.Length];
        var pending = new Stack<BasicBlock>();
        Visit(graph.Blocks[first]);
        while (pending.Count > 0)
        {
            var block = pending.Pop();
            if (block.Ordinal == last && !uses.Contains(last))
            {
                return true;
            }

            for (var region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
            {
                if (region.Kind == ControlFlowRegionKind.Try && region.EnclosingRegion is { Kind: ControlFlowRegionKind.TryAndCatch } guarded)
                {
                    foreach (var handler in guarded.NestedRegions.Where(nested => nested.Kind != ControlFlowRegionKind.Try))
                    {
                        Visit(graph.Blocks[handler.FirstBlockOrdinal]);
                    }
                }
            }

            if (!uses.Contains(block.Ordinal))
            {
                Follow(block.FallThroughSuccessor);
                Follow(block.ConditionalSuccessor);
            }
        }

        return false;

        void Follow(ControlFlowBranch? branch)
        {
            if (branch is { Destination: { } destination, Semantics: ControlFlowBranchSemantics.Regular or ControlFlowBranchSemantics.Return })
            {
                Visit(destination);
            }
        }

        void Visit(BasicBlock block)
        {
            if (!seen[block.Ordinal] && block.Ordinal >= first && block.Ordinal <= last)
            {
                seen[block.Ordinal] = true;
                pending.Push(block);
            }
        }
    }
}
