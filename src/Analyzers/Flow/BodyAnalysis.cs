using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Exceptions;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow;

/// <summary>What one pass over a body gives: the facts for the rules, and the summary for the callers.</summary>
internal sealed record BodyResult(BodyFacts Facts, Summary Summary, BodyUnit Unit);

/// <summary>
/// Runs the states of a body through its graph until nothing new turns up. One pass serves all rules. Stops at its
/// budgets and says so; never recurses over the graph.
/// </summary>
internal sealed class BodyAnalysis
{
    /// <summary>So many allocations are followed one at a time when together they are too many.</summary>
    private const int MaxSitesAlone = 8;

    private readonly BodyUnit _unit;
    private readonly KnownMembers _known;
    private readonly ISummarySource _summaries;
    private readonly StableFields _stableFields;
    private readonly Budget _budget;
    private readonly CancellationToken _cancellationToken;
    private readonly Universe _universe = new();
    private readonly FindingLog _log = new();
    private readonly Frame _frame;
    private readonly Choices _choices = new();
    private readonly Resources _resources;
    private readonly Calls _calls;
    private readonly Evaluator _evaluator;
    private readonly StateMerger _merger;
    private readonly Unwinding _unwinding;
    private readonly Liveness _liveness;
    private readonly Exits _exits;
    private readonly Dictionary<Node, NodeStates> _nodes = new();
    private readonly SortedSet<Node> _work = new(NodeOrder.Instance);
    private readonly bool[] _inLoop;
    private readonly bool[] _isLoopHead;
    private readonly int _maxSteps;
    private Node _current = null!;

    /// <summary>The list of states before the last operation, which is filled again by the next.</summary>
    private List<FlowState> _spare = new();
    private int _steps;
    private bool _wasCoarse;

    private BodyAnalysis(BodyUnit unit, KnownMembers known, ISummarySource summaries, StableFields stableFields, Budget budget, SyntaxNode? onlySite, CancellationToken cancellationToken)
    {
        _unit = unit;
        _known = known;
        _summaries = summaries;
        _stableFields = stableFields;
        _budget = budget;
        _cancellationToken = cancellationToken;
        _frame = new Frame(_universe, _log, known);
        _resources = new Resources(_frame) { OnlySite = onlySite };
        _calls = new Calls(_frame, _resources, known, summaries, _choices, Throw);
        _evaluator = new Evaluator(unit, _frame, _resources, _calls, stableFields, summaries);
        _merger = new StateMerger(_universe);
        _unwinding = new Unwinding(unit.Graph);
        _liveness = Liveness.Of(unit.Graph, cancellationToken);
        _exits = new Exits(unit, _frame, _resources);
        _maxSteps = budget.StepsFor(unit.Graph.Blocks.Sum(block => block.Operations.Length + 1));
        (_inLoop, _isLoopHead) = FindLoops(unit.Graph);
    }

    /// <summary>The budget has run out.</summary>
    private bool IsSpent => _steps + _calls.Work > _maxSteps;

    /// <summary>Analyses one body.</summary>
    public static BodyResult Run(BodyUnit unit, KnownMembers known, ISummarySource summaries, StableFields stableFields, Budget budget, CancellationToken cancellationToken)
    {
        var analysis = new BodyAnalysis(unit, known, summaries, stableFields, budget, null, cancellationToken);
        var stopped = analysis.Explore();
        if (analysis._wasCoarse)
        {
            var stoppedAlone = analysis.ExploreSiteBySite();
            stopped ??= stoppedAlone;
        }

        return new BodyResult(analysis._log.ToFacts(analysis._universe, stopped), analysis._exits.ToSummary(), unit);
    }

    /// <summary>Together the blocks made too many states: once more, one allocation at a time, all of them within the same budget again.</summary>
    private string? ExploreSiteBySite()
    {
        var sites = _universe.Blocks.Where(block => block.Site is not null).Select(block => block.Site!.Syntax).Distinct().ToList();
        var steps = 0;
        foreach (var site in sites.Take(MaxSitesAlone))
        {
            var single = new BodyAnalysis(_unit, _known, _summaries, _stableFields, _budget, site, _cancellationToken) { _steps = steps };
            if (single.Explore() is { } stopped)
            {
                return stopped;
            }

            steps = single._steps + single._calls.Work;
            _log.AddAll(single._log);
        }

        return null;
    }

    /// <summary>Runs to the end; returns the budget that ran out, or null.</summary>
    private string? Explore()
    {
        try
        {
            Add(new Node(_unit.Graph.Blocks[0], null), FlowState.Start);
            while (_work.Count > 0)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                var node = _work.Min!;
                _work.Remove(node);
                _current = node;
                foreach (var state in _nodes[node].TakePending())
                {
                    Process(node, state);
                    if (IsSpent)
                    {
                        return $"the analysis took more than {_maxSteps} steps";
                    }
                }
            }

            return null;
        }
        catch (InsufficientExecutionStackException)
        {
            return "an expression is nested too deeply";
        }
    }

    private void Process(Node node, FlowState state)
    {
        var states = new List<FlowState> { state };
        _calls.InLoop = _inLoop[node.Block.Ordinal];
        _resources.SureUses.Block = node.Block.Ordinal;
        var operations = node.Block.Operations;
        for (var i = 0; i < operations.Length; i++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (i > 0 && i % Liveness.Stretch == 0)
            {
                var passed = i;
                states = states.ConvertAll(reached => Prune(reached, node.Block.Ordinal, passed));
            }

            states = Step(operations[i], states, static (evaluator, op) => evaluator.Eval(op), null);
            if (IsSpent)
            {
                return;
            }
        }

        if (node.Block.BranchValue is { } branchValue)
        {
            var evaluate = node.Block.FallThroughSuccessor is { Semantics: ControlFlowBranchSemantics.Return } && _unit.Method is { ReturnsByRef: true } or { ReturnsByRefReadonly: true } && node.Block.ConditionKind == ControlFlowConditionKind.None
                ? static (Evaluator evaluator, IOperation op) => evaluator.Assignments.EvalReturnedReference(op)
                : (Func<Evaluator, IOperation, Value>)(static (evaluator, op) => evaluator.Eval(op));
            Step(branchValue, states, evaluate, value => Branch(node, value));
        }
        else
        {
            foreach (var end in states)
            {
                _frame.State = end;
                Branch(node, null);
            }
        }
    }

    private List<FlowState> Step(IOperation operation, List<FlowState> states, Func<Evaluator, IOperation, Value> evaluate, Action<Value>? then)
    {
        var next = _spare;
        next.Clear();
        foreach (var state in states)
        {
            _choices.Reset();
            do
            {
                _steps++;
                _frame.State = state;
                _frame.IsDead = false;
                var value = evaluate(_evaluator, operation);
                if (!_frame.IsDead)
                {
                    next.Add(_frame.State);
                    then?.Invoke(value);
                }
            }
            while (_choices.Advance() && !IsSpent);
        }

        _spare = states;
        return next.Count > 1 ? MergeWithin(operation, next) : next;
    }

    /// <summary>Ways through a statement that lead to the same ownership go on as one.</summary>
    private List<FlowState> MergeWithin(IOperation operation, List<FlowState> states)
    {
        if (states.Count <= 4)
        {
            return states;
        }

        var merged = new NodeStates(_budget.MaxStates);
        foreach (var state in states)
        {
            merged.Add(state, _merger, operation, isLoopHead: false);
        }

        _wasCoarse |= merged.IsCoarse;
        return merged.TakePending();
    }

    private void Branch(Node node, Value? value)
    {
        var block = node.Block;
        var state = _frame.State;
        if (block.ConditionKind != ControlFlowConditionKind.None && value is not null)
        {
            var whenTrue = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
            var known = Conditions.Truth(value, state);
            var isCertain = CoveredSwitches.IsLastCase(block.BranchValue!, _calls.ModelOf);
            if ((whenTrue || !isCertain) && Conditions.Assume(value, whenTrue, state) is { } taken)
            {
                Follow(node, block.ConditionalSuccessor!, taken.WithStep(block.BranchValue!, whenTrue, known is not null), null);
            }

            if (!(whenTrue && isCertain) && Conditions.Assume(value, !whenTrue, state) is { } other)
            {
                Follow(node, block.FallThroughSuccessor!, other.WithStep(block.BranchValue!, !whenTrue, known is not null), null);
            }

            return;
        }

        if (block.FallThroughSuccessor is { } successor)
        {
            Follow(node, successor, state, value);
        }
    }

    /// <summary>The delegate that a value is, or those in the tuple that it is.</summary>
    private static IEnumerable<Closure> Closures(Value value) =>
        value is Closure closure ? [closure] : value is Aggregate tuple ? tuple.Flat().Members.Values.OfType<Closure>() : [];

    private void Follow(Node node, ControlFlowBranch branch, FlowState state, Value? value)
    {
        switch (branch.Semantics)
        {
            case ControlFlowBranchSemantics.Return when value is not null:
                _frame.State = state;
                foreach (var closure in Closures(value))
                {
                    _calls.CheckCaptured(closure, node.Block.BranchValue!);
                    _calls.HandOver(closure, node.Block.BranchValue!);
                }

                _exits.SetResult(value is Closure returned && _calls.UsedBy(returned, node.Block.BranchValue!) is { IsEmpty: false } used ? new Borrower(returned, used) { OnlyUses = true } : value, node.Block.BranchValue!);
                state = _frame.State;
                break;

            case ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow:
                var thrower = node.Block.BranchValue ?? node.Block.Operations.LastOrDefault();
                var type = branch.Semantics == ControlFlowBranchSemantics.Throw ? StripConversions(node.Block.BranchValue)?.Type : null;
                _frame.State = state;
                Leave(_unwinding.Unwind(node.Block.EnclosingRegion, type, node.Continuation, abandoned: false), thrower);
                return;

            case ControlFlowBranchSemantics.StructuredExceptionHandling:
                foreach (var target in _unwinding.Continue(node.Continuation))
                {
                    GoTo(target, state, null);
                }

                return;

            case ControlFlowBranchSemantics.ProgramTermination or ControlFlowBranchSemantics.Error or ControlFlowBranchSemantics.None:
                return;
        }

        if (branch.Destination is not null)
        {
            GoTo(_unwinding.Follow(branch, node.Continuation), state, node.Block.BranchValue);
        }
    }

    /// <summary>An exception may leave the operation that is being evaluated.</summary>
    private void Throw(IOperation at, ITypeSymbol? exception)
    {
        var region = _current.Block.EnclosingRegion;
        var state = _frame.State;
        if (state.Blocks.IsEmpty && !IsInTry(region) && !_exits.HasHeldByFinalized())
        {
            _exits.NoteThrow(at, state);
            return;
        }

        var abandoned = at is IReturnOperation;
        Leave(_unwinding.Unwind(region, exception, _current.Continuation, abandoned), at);
        _frame.State = state;
    }

    private void Leave(IReadOnlyList<Target> targets, IOperation? at)
    {
        var state = _frame.State;
        if (at is not null)
        {
            foreach (var pair in state.Blocks)
            {
                if (pair.Value is { Ownership: Ownership.Owned, ThrownBy: null })
                {
                    state = state.WithBlock(pair.Key, pair.Value with { ThrownBy = at });
                }
                else if (pair.Value is { Ownership: Ownership.Owned, InterruptedBy: null } && _current.Continuation?.UnwindFrom is not null)
                {
                    state = state.WithBlock(pair.Key, pair.Value with { InterruptedBy = at });
                }
            }

            state = state with { Thrown = at };
        }

        foreach (var target in targets)
        {
            GoTo(target, state, at);
        }
    }

    private void GoTo(Target target, FlowState state, IOperation? at)
    {
        if (target.Node is { } node)
        {
            Add(node, state);
        }
        else if (target.Exit == ExitKind.Return)
        {
            _frame.State = state;
            _exits.Return(at);
        }
        else
        {
            _frame.State = state;
            _exits.Throw(state.Thrown ?? at);
        }
    }

    private void Add(Node node, FlowState state)
    {
        var isHead = _isLoopHead[node.Block.Ordinal];
        if (isHead && _current?.Block is { } from && from.Ordinal >= node.Block.Ordinal)
        {
            _exits.EndRound(state, from.BranchValue ?? from.Operations.LastOrDefault());
        }

        state = Prune(isHead && _nodes.ContainsKey(node) ? ForgetReads(state, node.Block) : state, node.Block.Ordinal, passed: 0);
        if (!_nodes.TryGetValue(node, out var states))
        {
            _nodes.Add(node, states = new NodeStates(_budget.MaxStates));
        }

        if (states.Add(state, _merger, node, isHead))
        {
            _work.Add(node);
        }

        _wasCoarse |= states.IsCoarse;
    }

    /// <summary>Forgets the variables that nobody reads any more, at the beginning of a block or after the operations that have passed.</summary>
    private FlowState Prune(FlowState state, int block, int passed)
    {
        var values = state.Values.RemoveAll((Analysis: this, State: state, Block: block, Passed: passed), static (pair, at) =>
        {
            var start = pair.Key.Base;
            return start.Kind switch
            {
                PlaceKind.Local or PlaceKind.Temporary => !at.Analysis.IsLive(start.Root, at.Block, at.Passed) && !(start.Root is ISymbol local && at.Analysis._unit.IsCaptured(local.Name)) && !IsReferenced(start, at.State),
                PlaceKind.Parameter => start.Root is IParameterSymbol { RefKind: RefKind.None } parameter && !at.Analysis.IsLive(parameter, at.Block, at.Passed) && !at.Analysis._unit.IsCaptured(parameter.Name),
                _ => false,
            };
        });

        return DeadBlocks.Forget(ReferenceEquals(values, state.Values) ? state : state.With(values, state.Blocks));
    }

    private bool IsLive(object root, int block, int passed) => passed == 0 ? _liveness.IsLive(block, root) : _liveness.IsLiveWithin(block, passed, root);

    /// <summary>A ref local may stand for the variable.</summary>
    private static bool IsReferenced(Place place, FlowState state)
    {
        foreach (var pair in state.Values)
        {
            if (pair.Value is Address address && address.Place.Base == place)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What properties said in one round of a loop need not hold in the next.</summary>
    private static FlowState ForgetReads(FlowState state, BasicBlock head)
    {
        foreach (var pair in state.Facts)
        {
            if (IsRead(pair.Key) && !StableCounts.IsOne(pair.Key, state, head))
            {
                state = state.WithFact(pair.Key, Fact.None);
            }
        }

        var blocks = state.Blocks;
        foreach (var pair in blocks)
        {
            if (pair.Key.External is { } external && IsRead(external))
            {
                blocks = blocks.Remove(pair.Key);
            }
        }

        return ReferenceEquals(blocks, state.Blocks) ? state : state.With(state.Values, blocks);
    }

    private static bool IsRead(Value value) => value switch
    {
        Sym { Kind: SymKind.Read, Origin: ReadOrigin { Member: IPropertySymbol { Name: not "Length" } } } => true,
        Expression expression => IsRead(expression.Left) || IsRead(expression.Right),
        _ => false,
    };

    private static bool IsInTry(ControlFlowRegion region)
    {
        for (ControlFlowRegion? current = region; current is { Kind: not ControlFlowRegionKind.Root }; current = current.EnclosingRegion)
        {
            if (current.Kind is ControlFlowRegionKind.Try or ControlFlowRegionKind.Finally)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is converted, behind the conversions that the language makes.</summary>
    public static IOperation? StripConversions(IOperation? operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    /// <summary>The blocks that lie between the target of a backward branch and its source.</summary>
    private static (bool[] InLoop, bool[] IsHead) FindLoops(ControlFlowGraph graph)
    {
        var inLoop = new bool[graph.Blocks.Length];
        var isHead = new bool[graph.Blocks.Length];
        var reach = new int[graph.Blocks.Length];
        foreach (var block in graph.Blocks)
        {
            Mark(block, block.FallThroughSuccessor);
            Mark(block, block.ConditionalSuccessor);
        }

        var end = -1;
        for (var i = 0; i < inLoop.Length; i++)
        {
            end = isHead[i] ? Math.Max(end, reach[i]) : end;
            inLoop[i] = i <= end;
        }

        return (inLoop, isHead);

        void Mark(BasicBlock block, ControlFlowBranch? branch)
        {
            if (branch?.Destination is { } destination && destination.Ordinal <= block.Ordinal)
            {
                isHead[destination.Ordinal] = true;
                reach[destination.Ordinal] = Math.Max(reach[destination.Ordinal], block.Ordinal);
            }
        }
    }

    private sealed class NodeOrder : IComparer<Node>
    {
        public static readonly NodeOrder Instance = new();

        public int Compare(Node? x, Node? y)
        {
            var byBlock = x!.Block.Ordinal.CompareTo(y!.Block.Ordinal);
            return byBlock != 0 ? byBlock : (x.Continuation?.Id ?? -1).CompareTo(y.Continuation?.Id ?? -1);
        }
    }
}
