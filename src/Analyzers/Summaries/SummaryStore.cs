using System.Collections.Concurrent;
using LifetimeAnalyzers.Configuration;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <summary>
/// Analyses bodies bottom up: callees before callers, each once, methods that call each other in rounds until nothing
/// changes. The order of the requests does not influence the results. Thread-safe; no recursion over the call graph.
/// </summary>
internal sealed class SummaryStore
{
    private const int MaxRounds = 4;
    private const int MaxComponent = 8;
    private readonly KnownMembers _known;
    private readonly BodyStore _bodies;
    private readonly CallTargets _targets;
    private readonly StableFields _stableFields;
    private readonly OptionReader _options;
    private readonly LateUses _lateUses;
    private readonly ConcurrentDictionary<SyntaxNode, BodyResult> _results = new();

    public SummaryStore(KnownMembers known, BodyStore bodies, CallTargets targets, StableFields stableFields, OptionReader options)
    {
        _options = options;
        _stableFields = stableFields;
        _known = known;
        _bodies = bodies;
        _targets = targets;
        _lateUses = new LateUses(known, bodies);
    }

    /// <summary>The result of analysing <paramref name="unit"/>, after all that it calls.</summary>
    public BodyResult ResultOf(BodyUnit unit, Budget budget, CancellationToken cancellationToken)
    {
        if (!_results.TryGetValue(unit.Syntax, out var result))
        {
            new Scheduler(this, budget, cancellationToken).Run(unit);
            result = _results[unit.Syntax];
        }

        return result;
    }

    private BodyResult Analyse(BodyUnit unit, Source source, Budget budget, CancellationToken cancellationToken) =>
        BodyAnalysis.Run(unit, _known, source, _stableFields, budget.Times(_options.Get(Options.AnalysisBudget, unit.Syntax.SyntaxTree)), cancellationToken);

    /// <summary>The units that a unit can call or that lie in it.</summary>
    private List<BodyUnit> CalleesOf(BodyUnit unit, CancellationToken cancellationToken)
    {
        var callees = new List<BodyUnit>();
        var seen = new HashSet<SyntaxNode>();
        foreach (var nested in _bodies.NestedIn(unit, cancellationToken))
        {
            if (seen.Add(nested.Syntax))
            {
                callees.Add(nested);
            }
        }

        foreach (var method in _targets.CalledBy(unit, cancellationToken))
        {
            if (_bodies.BodyOf(method, cancellationToken) is { } body && seen.Add(body.Syntax))
            {
                callees.Add(body);
            }
        }

        return callees;
    }

    /// <summary>Tarjan's strongly connected components with a stack of its own; a component is analysed when it is complete.</summary>
    private sealed class Scheduler
    {
        private readonly SummaryStore _store;
        private readonly Budget _budget;
        private readonly CancellationToken _cancellationToken;
        private readonly Dictionary<SyntaxNode, (int Index, int Low)> _numbers = new();
        private readonly Stack<BodyUnit> _open = new();
        private readonly HashSet<SyntaxNode> _isOpen = new();

        public Scheduler(SummaryStore store, Budget budget, CancellationToken cancellationToken)
        {
            _store = store;
            _budget = budget;
            _cancellationToken = cancellationToken;
        }

        public void Run(BodyUnit root)
        {
            var frames = new Stack<(BodyUnit Unit, List<BodyUnit> Callees, int Next)>();
            Enter(root, frames);
            while (frames.Count > 0)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                var (unit, callees, next) = frames.Pop();
                if (next < callees.Count)
                {
                    frames.Push((unit, callees, next + 1));
                    var callee = callees[next];
                    if (_store._results.ContainsKey(callee.Syntax))
                    {
                        continue;
                    }

                    if (!_numbers.ContainsKey(callee.Syntax))
                    {
                        Enter(callee, frames);
                    }
                    else if (_isOpen.Contains(callee.Syntax))
                    {
                        Lower(unit, _numbers[callee.Syntax].Index);
                    }

                    continue;
                }

                var (index, low) = _numbers[unit.Syntax];
                if (low == index)
                {
                    Complete(unit);
                }

                if (frames.Count > 0)
                {
                    Lower(frames.Peek().Unit, low);
                }
            }
        }

        private void Enter(BodyUnit unit, Stack<(BodyUnit, List<BodyUnit>, int)> frames)
        {
            _numbers.Add(unit.Syntax, (_numbers.Count, _numbers.Count));
            _open.Push(unit);
            _isOpen.Add(unit.Syntax);
            frames.Push((unit, _store.CalleesOf(unit, _cancellationToken), 0));
        }

        private void Lower(BodyUnit unit, int low)
        {
            var (index, known) = _numbers[unit.Syntax];
            _numbers[unit.Syntax] = (index, Math.Min(known, low));
        }

        private void Complete(BodyUnit head)
        {
            var component = new List<BodyUnit>();
            BodyUnit unit;
            do
            {
                unit = _open.Pop();
                _isOpen.Remove(unit.Syntax);
                component.Add(unit);
            }
            while (unit.Syntax != head.Syntax);

            // a fixed order, so that the rounds give the same whatever the root was
            component.Sort(static (x, y) =>
            {
                var byFile = string.CompareOrdinal(x.Syntax.SyntaxTree.FilePath, y.Syntax.SyntaxTree.FilePath);
                return byFile != 0 ? byFile : x.Syntax.SpanStart.CompareTo(y.Syntax.SpanStart);
            });
            var provisional = new Dictionary<SyntaxNode, BodyResult>();
            if (component.Count > MaxComponent)
            {
                // too many that call each other: each is seen by itself, and calls among them as unknown
                var nobody = new Dictionary<SyntaxNode, BodyResult>();
                foreach (var member in component)
                {
                    provisional[member.Syntax] = _store.Analyse(member, new Source(_store, nobody, member, _cancellationToken), _budget, _cancellationToken);
                }
            }

            for (var round = 0; round < MaxRounds && component.Count <= MaxComponent; round++)
            {
                var changed = false;
                foreach (var member in component)
                {
                    var result = _store.Analyse(member, new Source(_store, provisional, member, _cancellationToken), _budget, _cancellationToken);
                    changed |= !provisional.TryGetValue(member.Syntax, out var before) || before.Summary.Signature != result.Summary.Signature;
                    provisional[member.Syntax] = result;
                }

                if (!changed || (component.Count == 1 && !CallsItself(component[0])))
                {
                    break;
                }
            }

            foreach (var member in component)
            {
                _store._results.TryAdd(member.Syntax, provisional[member.Syntax]);
            }
        }

        private bool CallsItself(BodyUnit unit) =>
            _store.CalleesOf(unit, _cancellationToken).Any(callee => callee.Syntax == unit.Syntax);
    }

    /// <summary>What one body sees of the others.</summary>
    private sealed class Source : ISummarySource
    {
        private readonly SummaryStore _store;
        private readonly Dictionary<SyntaxNode, BodyResult> _provisional;
        private readonly BodyUnit _caller;
        private readonly CancellationToken _cancellationToken;

        public Source(SummaryStore store, Dictionary<SyntaxNode, BodyResult> provisional, BodyUnit caller, CancellationToken cancellationToken)
        {
            _store = store;
            _provisional = provisional;
            _caller = caller;
            _cancellationToken = cancellationToken;
        }

        public Summary? SummaryOf(IMethodSymbol method, ITypeSymbol? exactType)
        {
            if (_store._targets.TargetsOf(method, exactType, _cancellationToken) is not { IsEmpty: false } targets)
            {
                return null;
            }

            Summary? agreed = null;
            foreach (var target in targets)
            {
                if (_store._bodies.BodyOf(target, _cancellationToken) is not { } body || Of(body) is not { } summary)
                {
                    return null;
                }

                if (agreed is not null && agreed.Signature != summary.Signature)
                {
                    return null;
                }

                agreed = summary;
            }

            return agreed;
        }

        public Summary? SummaryOf(IFlowAnonymousFunctionOperation lambda) =>
            Of(lambda.Syntax) ?? Of(_store._bodies.Lambda(_caller, lambda, _cancellationToken));

        public bool HasBody(IMethodSymbol method) => !_store._targets.TargetsOf(method, null, _cancellationToken).IsEmpty;

        public bool UsesLate(IParameterSymbol parameter) =>
            parameter.ContainingSymbol is IMethodSymbol method &&
            _store._targets.TargetsOf(method, null, _cancellationToken) is { IsEmpty: false } targets &&
            targets.All(target => parameter.Ordinal < target.Parameters.Length && _store._lateUses.Of(target.Parameters[parameter.Ordinal], _cancellationToken));

        public bool UsesLate(ISymbol captured, SyntaxNode function) => _store._lateUses.Of(captured, function, _cancellationToken);

        public SemanticModel ModelOf(SyntaxTree tree) => _store._bodies.ModelOf(tree);

        private Summary? Of(BodyUnit body) => Of(body.Syntax);

        private Summary? Of(SyntaxNode syntax) =>
            _provisional.TryGetValue(syntax, out var result) || _store._results.TryGetValue(syntax, out result) ? result.Summary : null;
    }
}
