using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow;

/// <summary>
/// Which variables and temporaries may still be read from a block on. What is dead is forgotten, so that states which
/// differ only in it are merged. Variables that a lambda captures or whose address is taken live for ever.
/// </summary>
internal sealed class Liveness
{
    private readonly Dictionary<object, int> _numbers = new(RootComparer.Instance);
    private readonly ulong[][] _liveIn;
    private readonly Dictionary<int, LongBlock> _longBlocks = new();
    private readonly HashSet<object> _always = new(RootComparer.Instance);

    private Liveness(ControlFlowGraph graph, CancellationToken cancellationToken)
    {
        var count = graph.Blocks.Length;
        var uses = new List<int>[count];
        var kills = new List<int>[count];
        for (var i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            uses[i] = new List<int>();
            kills[i] = new List<int>();
            Scan(graph.Blocks[i], uses[i], kills[i]);
        }

        var words = (_numbers.Count + 63) / 64;
        _liveIn = new ulong[count][];
        for (var i = 0; i < count; i++)
        {
            _liveIn[i] = new ulong[words];
        }

        Solve(graph, uses, kills, words, cancellationToken);
    }

    public static Liveness Of(ControlFlowGraph graph, CancellationToken cancellationToken) => new(graph, cancellationToken);

    /// <summary>In blocks of more statements than this the dead are forgotten on the way, each time so many statements have passed.</summary>
    public const int Stretch = 64;

    /// <summary>Whether <paramref name="root"/> may be read after so many statements of a long block.</summary>
    public bool IsLiveWithin(int block, int statements, object root)
    {
        if (_always.Contains(root) || !_numbers.TryGetValue(root, out var number))
        {
            return _always.Contains(root);
        }

        var within = _longBlocks[block];
        return (within.LastMention.TryGetValue(number, out var last) && last >= statements) || (within.LiveOut[number >> 6] & (1UL << (number & 63))) != 0;
    }

    /// <summary>Whether <paramref name="root"/> may be read from the beginning of the block on.</summary>
    public bool IsLive(int block, object root)
    {
        if (_always.Contains(root))
        {
            return true;
        }

        return _numbers.TryGetValue(root, out var number) && (_liveIn[block][number >> 6] & (1UL << (number & 63))) != 0;
    }

    private void Scan(BasicBlock block, List<int> uses, List<int> kills)
    {
        var killed = new HashSet<int>();
        var pending = new Stack<IOperation>();
        var written = new List<int>();
        var lastMention = block.Operations.Length > Stretch ? new Dictionary<int, int>() : null;
        var index = -1;
        foreach (var operation in block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations)
        {
            index++;
            written.Clear();
            pending.Push(operation);
            while (pending.Count > 0)
            {
                var current = pending.Pop();
                switch (current)
                {
                    case ILocalReferenceOperation local:
                        Mention(local, local.Local, killed, uses, written);
                        Remember(local.Local);
                        break;
                    case IParameterReferenceOperation parameter:
                        Mention(parameter, parameter.Parameter, killed, uses, written);
                        Remember(parameter.Parameter);
                        break;
                    case IFlowCaptureReferenceOperation capture:
                        Use(capture.Id, killed, uses);
                        Remember(capture.Id);
                        break;
                    case IFlowCaptureOperation capture:
                        written.Add(Number(capture.Id));
                        break;
                    case IFlowAnonymousFunctionOperation or ILocalFunctionOperation or IMethodReferenceOperation:
                        break;
                }

                foreach (var child in current.ChildOperations)
                {
                    pending.Push(child);
                }
            }

            foreach (var number in written)
            {
                if (killed.Add(number))
                {
                    kills.Add(number);
                }
            }
        }

        if (lastMention is not null)
        {
            _longBlocks.Add(block.Ordinal, new LongBlock(lastMention));
        }

        void Remember(object root)
        {
            if (lastMention is not null)
            {
                lastMention[Number(root)] = index;
            }
        }
    }

    private void Mention(IOperation reference, ISymbol symbol, HashSet<int> killed, List<int> uses, List<int> written)
    {
        if (reference.Parent is ISimpleAssignmentOperation { IsRef: false } assignment && assignment.Target == reference && symbol is not ILocalSymbol { RefKind: not RefKind.None })
        {
            written.Add(Number(symbol));
            return;
        }

        if (reference.Parent is IAddressOfOperation)
        {
            _always.Add(symbol);
        }

        Use(symbol, killed, uses);
    }

    private void Use(object root, HashSet<int> killed, List<int> uses)
    {
        var number = Number(root);
        if (!killed.Contains(number))
        {
            uses.Add(number);
        }
    }

    private int Number(object root)
    {
        if (!_numbers.TryGetValue(root, out var number))
        {
            number = _numbers.Count;
            _numbers.Add(root, number);
        }

        return number;
    }

    private void Solve(ControlFlowGraph graph, List<int>[] uses, List<int>[] kills, int words, CancellationToken cancellationToken)
    {
        var work = new SortedSet<int>();
        for (var i = 0; i < graph.Blocks.Length; i++)
        {
            work.Add(i);
        }

        var successors = SuccessorsOf(graph);
        var predecessors = new List<int>[graph.Blocks.Length];
        for (var i = 0; i < predecessors.Length; i++)
        {
            predecessors[i] = new List<int>();
        }

        for (var i = 0; i < successors.Length; i++)
        {
            foreach (var successor in successors[i])
            {
                predecessors[successor].Add(i);
            }
        }

        foreach (var block in _longBlocks)
        {
            block.Value.LiveOut = new ulong[words];
        }

        var live = new ulong[words];
        while (work.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var block = work.Max;
            work.Remove(block);
            Array.Clear(live, 0, words);
            foreach (var successor in successors[block])
            {
                Or(live, _liveIn[successor]);
            }

            if (_longBlocks.TryGetValue(block, out var within))
            {
                Or(within.LiveOut, live);
            }

            foreach (var kill in kills[block])
            {
                live[kill >> 6] &= ~(1UL << (kill & 63));
            }

            foreach (var use in uses[block])
            {
                live[use >> 6] |= 1UL << (use & 63);
            }

            if (Or(_liveIn[block], live))
            {
                foreach (var predecessor in predecessors[block])
                {
                    work.Add(predecessor);
                }
            }
        }
    }

    /// <summary>The blocks that can follow each block, handlers and finally regions included.</summary>
    private static List<int>[] SuccessorsOf(ControlFlowGraph graph)
    {
        var successors = new List<int>[graph.Blocks.Length];
        for (var i = 0; i < successors.Length; i++)
        {
            var block = graph.Blocks[i];
            var next = successors[i] = new List<int>();
            Add(next, block.FallThroughSuccessor);
            Add(next, block.ConditionalSuccessor);
            for (var region = block.EnclosingRegion; region is { Kind: not ControlFlowRegionKind.Root }; region = region.EnclosingRegion!)
            {
                // Whatever leaves a try region can get to its handlers; what leaves a finally region, to what lies behind.
                if (region.Kind == ControlFlowRegionKind.Try && region.EnclosingRegion is { } parent)
                {
                    foreach (var handler in parent.NestedRegions)
                    {
                        if (handler != region)
                        {
                            next.Add(handler.FirstBlockOrdinal);
                        }
                    }
                }
                else if (region.Kind is ControlFlowRegionKind.Finally && region.EnclosingRegion is { } outer)
                {
                    AddTargetsBehind(graph, outer, next);
                }
                else if (region.Kind is ControlFlowRegionKind.Filter && region.EnclosingRegion?.EnclosingRegion is { } handlers)
                {
                    foreach (var handler in handlers.NestedRegions)
                    {
                        next.Add(handler.FirstBlockOrdinal);
                    }
                }
            }
        }

        return successors;
    }

    private static void AddTargetsBehind(ControlFlowGraph graph, ControlFlowRegion tryAndFinally, List<int> next)
    {
        for (var i = tryAndFinally.FirstBlockOrdinal; i <= tryAndFinally.LastBlockOrdinal; i++)
        {
            AddLeaving(graph.Blocks[i].FallThroughSuccessor, tryAndFinally, next);
            AddLeaving(graph.Blocks[i].ConditionalSuccessor, tryAndFinally, next);
        }
    }

    private static void AddLeaving(ControlFlowBranch? branch, ControlFlowRegion region, List<int> next)
    {
        if (branch?.Destination is { } destination && (destination.Ordinal < region.FirstBlockOrdinal || destination.Ordinal > region.LastBlockOrdinal))
        {
            next.Add(destination.Ordinal);
        }
    }

    private static void Add(List<int> next, ControlFlowBranch? branch)
    {
        if (branch?.Destination is { } destination)
        {
            next.Add(destination.Ordinal);
        }
    }

    private static bool Or(ulong[] target, ulong[] source)
    {
        var changed = false;
        for (var i = 0; i < target.Length; i++)
        {
            var union = target[i] | source[i];
            changed |= union != target[i];
            target[i] = union;
        }

        return changed;
    }

    /// <summary>What is known of a block with many statements.</summary>
    private sealed class LongBlock(Dictionary<int, int> lastMention)
    {
        /// <summary>The last statement of the block that mentions a variable.</summary>
        public Dictionary<int, int> LastMention { get; } = lastMention;

        /// <summary>What may be read after the block.</summary>
        public ulong[] LiveOut { get; set; } = [];
    }

    private sealed class RootComparer : IEqualityComparer<object>
    {
        public static readonly RootComparer Instance = new();

        bool IEqualityComparer<object>.Equals(object? x, object? y) =>
            x is ISymbol left ? y is ISymbol right && SymbolEqualityComparer.Default.Equals(left, right) : Equals(x, y);

        int IEqualityComparer<object>.GetHashCode(object root) =>
            root is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : root.GetHashCode();
    }
}
