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
    private const int MaxRounds = 8;

    /// <summary>After so many rounds a summary that still changes is given up, so that the others settle.</summary>
    private const int PatientRounds = 4;
    private const int MaxComponent = 8;

    /// <summary>
    /// The characters of text of a body that neither allocates nor releases, with all that it calls, up to which a caller
    /// wants to know in full what it does: a helper. Behind a longer one lies a part of the program of its own.
    /// </summary>
    private const int MaxIdleWeight = 1_600;
    private readonly KnownMembers _known;
    private readonly BodyStore _bodies;
    private readonly CallTargets _targets;
    private readonly StableFields _stableFields;
    private readonly OptionReader _options;
    private readonly LateUses _lateUses;
    private readonly BorrowedParameters _borrowed;
    private readonly UnfollowedThrows _unfollowed;
    private readonly ConcurrentDictionary<SyntaxNode, BodyResult> _results = new();

    /// <summary>Bodies in which nothing allocates or releases: only a caller that does wants to know what they do with what they are handed.</summary>
    private readonly ConcurrentDictionary<SyntaxNode, Component> _idle = new();

    public SummaryStore(KnownMembers known, BodyStore bodies, CallTargets targets, StableFields stableFields, OptionReader options)
    {
        _options = options;
        _stableFields = stableFields;
        _known = known;
        _bodies = bodies;
        _targets = targets;
        _lateUses = new LateUses(known, bodies);
        _borrowed = new BorrowedParameters(known, bodies, targets);
        _unfollowed = new UnfollowedThrows(known, bodies, targets);
    }

    /// <summary>Is shown the result of every body, once; for programs that measure the analyzer.</summary>
    public Action<BodyResult>? Watch { get; init; }

    /// <summary>The result of analysing <paramref name="unit"/>, after all that it calls; null when nothing in it has to do with a block.</summary>
    public BodyResult? ResultOf(BodyUnit unit, Budget budget, CancellationToken cancellationToken)
    {
        if (!_results.TryGetValue(unit.Syntax, out var result) && !_idle.ContainsKey(unit.Syntax))
        {
            new Scheduler(this, budget, cancellationToken).Run(unit);
            _results.TryGetValue(unit.Syntax, out result);
        }

        return result;
    }

    /// <summary>The result of analysing <paramref name="unit"/>, whether it has to do with a block or not.</summary>
    public BodyResult FullResultOf(BodyUnit unit, Budget budget, CancellationToken cancellationToken)
    {
        if (ResultOf(unit, budget, cancellationToken) is not { } result)
        {
            Explore(_idle[unit.Syntax], budget, cancellationToken);
            result = _results[unit.Syntax];
        }

        return result;
    }

    private BodyResult Analyse(BodyUnit unit, Source source, Budget budget, CancellationToken cancellationToken) =>
        !unit.MakeGraph(cancellationToken) ? new BodyResult(BodyFacts.None, Summary.Unknown, unit)
        : BodyAnalysis.Run(unit, _known, source, _stableFields, budget.Times(_options.Get(Options.AnalysisBudget, unit.Syntax.SyntaxTree)), cancellationToken);

    /// <summary>Analyses a component that was put aside, after those below it that were.</summary>
    private void Explore(Component root, Budget budget, CancellationToken cancellationToken)
    {
        var seen = new HashSet<Component> { root };
        var frames = new Stack<(Component Component, int Next)>();
        frames.Push((root, 0));
        while (frames.Count > 0)
        {
            var (component, next) = frames.Pop();
            if (next == component.Callees.Count)
            {
                AnalyseTogether(component, budget, cancellationToken);
                continue;
            }

            frames.Push((component, next + 1));
            var callee = component.Callees[next].Syntax;
            if (!_results.ContainsKey(callee) && _idle.TryGetValue(callee, out var below) && below.Weight <= MaxIdleWeight && seen.Add(below))
            {
                frames.Push((below, 0));
            }
        }
    }

    /// <summary>Analyses the members of one component, in rounds until nothing changes.</summary>
    private void AnalyseTogether(Component component, Budget budget, CancellationToken cancellationToken)
    {
        var provisional = new Dictionary<SyntaxNode, BodyResult>();
        var givenUp = new Dictionary<SyntaxNode, BodyResult>();
        var together = component.IsRecursive ? new HashSet<SyntaxNode>(component.Members.Select(member => member.Syntax)) : null;
        var isSettled = false;
        for (var round = 0; round < MaxRounds && !isSettled && component.Members.Count <= MaxComponent; round++)
        {
            var changed = false;
            foreach (var member in component.Members)
            {
                var result = Analyse(member, new Source(this, provisional, together, cancellationToken), budget, cancellationToken);
                provisional.TryGetValue(member.Syntax, out var before);
                if (before is not null && round >= PatientRounds && before.Summary.Signature != result.Summary.Signature)
                {
                    givenUp[member.Syntax] = result;
                    result = result with { Summary = result.Summary.AsUnknown() };
                }

                changed |= before is null || before.Summary.Signature != result.Summary.Signature;
                provisional[member.Syntax] = result;
            }

            isSettled = !changed || !component.IsRecursive;
        }

        if (!isSettled)
        {
            // Too many that call each other, or what they say of each other goes round in a circle: each is seen by
            // itself, and calls among them as unknown.
            var nobody = new Dictionary<SyntaxNode, BodyResult>();
            foreach (var member in component.Members)
            {
                provisional[member.Syntax] = Analyse(member, new Source(this, nobody, together, cancellationToken), budget, cancellationToken);
            }
        }

        foreach (var member in component.Members)
        {
            // what was unknown to the others of its component, so that they settle, is known to callers
            var result = isSettled && givenUp.TryGetValue(member.Syntax, out var own) ? own : provisional[member.Syntax];
            if (_results.TryAdd(member.Syntax, result))
            {
                Watch?.Invoke(result);
            }
        }
    }

    /// <summary>The units that a unit can call or that lie in it, and whether it allocates or releases anything itself.</summary>
    private (List<BodyUnit> Callees, bool Matters) CalleesOf(BodyUnit unit, CancellationToken cancellationToken)
    {
        var callees = new List<BodyUnit>();
        var seen = new HashSet<SyntaxNode>();
        foreach (var nested in _bodies.NestedIn(unit))
        {
            if (seen.Add(nested.Syntax))
            {
                callees.Add(nested);
            }
        }

        var (called, made, matters) = _targets.CalledBy(unit, cancellationToken);
        foreach (var initializer in made.SelectMany(type => InitializersOf(type, cancellationToken)))
        {
            if (seen.Add(initializer.Syntax))
            {
                callees.Add(initializer);
            }
        }

        foreach (var method in called)
        {
            if (_bodies.BodyOf(method, cancellationToken) is { } body && seen.Add(body.Syntax))
            {
                callees.Add(body);
            }
        }

        return (callees, matters);
    }

    private IEnumerable<BodyUnit> InitializersOf(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        foreach (var (syntax, member) in _targets.InitializersOf(type, cancellationToken))
        {
            if (_bodies.BodyAt(syntax, member, _bodies.ModelOf(syntax.SyntaxTree), cancellationToken) is { } unit)
            {
                yield return unit;
            }
        }
    }

    /// <summary>Bodies that call each other, with what they call besides.</summary>
    private sealed record Component(List<BodyUnit> Members, List<BodyUnit> Callees, bool IsRecursive)
    {
        /// <summary>The text of a component that was put aside, with what it calls: see <see cref="MaxIdleWeight"/>.</summary>
        public int Weight { get; set; }

        public bool Equals(Component? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }

    /// <summary>Tarjan's strongly connected components with a stack of its own; a component is analysed when it is complete.</summary>
    private sealed class Scheduler
    {
        private readonly SummaryStore _store;
        private readonly Budget _budget;
        private readonly CancellationToken _cancellationToken;
        private readonly Dictionary<SyntaxNode, (int Index, int Low)> _numbers = new();
        private readonly Dictionary<SyntaxNode, (List<BodyUnit> Callees, bool Matters)> _callees = new();
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
                    if (_store._results.ContainsKey(callee.Syntax) || _store._idle.ContainsKey(callee.Syntax))
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
            var known = _store.CalleesOf(unit, _cancellationToken);
            _callees.Add(unit.Syntax, known);
            frames.Push((unit, known.Callees, 0));
        }

        private void Lower(BodyUnit unit, int low)
        {
            var (index, known) = _numbers[unit.Syntax];
            _numbers[unit.Syntax] = (index, Math.Min(known, low));
        }

        private void Complete(BodyUnit head)
        {
            var members = new List<BodyUnit>();
            BodyUnit unit;
            do
            {
                unit = _open.Pop();
                _isOpen.Remove(unit.Syntax);
                members.Add(unit);
            }
            while (unit.Syntax != head.Syntax);

            if (members.Count > 1)
            {
                // a fixed order, so that the rounds give the same whatever the root was
                SortByPlace(members);
            }

            var component = ComponentOf(members);
            if (members.Exists(member => _callees[member.Syntax].Matters) ||
                component.Callees.Exists(callee => _store._results.TryGetValue(callee.Syntax, out var result) && result.Summary.Matters))
            {
                _store.Explore(component, _budget, _cancellationToken);
                return;
            }

            component.Weight = members.Sum(static member => Math.Min(MaxIdleWeight, member.Syntax.Span.Length));
            foreach (var callee in component.Callees)
            {
                if (component.Weight <= MaxIdleWeight && _store._idle.TryGetValue(callee.Syntax, out var below))
                {
                    component.Weight += below.Weight;
                }
            }

            foreach (var member in members)
            {
                _store._idle.TryAdd(member.Syntax, component);
            }
        }

        private static void SortByPlace(List<BodyUnit> members) =>
            members.Sort(static (x, y) =>
            {
                var byFile = string.CompareOrdinal(x.Syntax.SyntaxTree.FilePath, y.Syntax.SyntaxTree.FilePath);
                return byFile != 0 ? byFile : x.Syntax.SpanStart.CompareTo(y.Syntax.SpanStart);
            });

        private Component ComponentOf(List<BodyUnit> members)
        {
            if (members.Count == 1)
            {
                // most call only others
                var (one, called) = (members[0].Syntax, _callees[members[0].Syntax].Callees);
                return called.Exists(callee => callee.Syntax == one) ? new Component(members, called.FindAll(callee => callee.Syntax != one), IsRecursive: true) : new Component(members, called, IsRecursive: false);
            }

            var inside = new HashSet<SyntaxNode>(members.Select(member => member.Syntax));
            var callees = members.SelectMany(member => _callees[member.Syntax].Callees).ToList();
            return new Component(members, callees.FindAll(callee => !inside.Contains(callee.Syntax)), callees.Exists(callee => inside.Contains(callee.Syntax)));
        }
    }

    /// <summary>What one body sees of the others.</summary>
    private sealed class Source : ISummarySource
    {
        private readonly SummaryStore _store;
        private readonly Dictionary<SyntaxNode, BodyResult> _provisional;
        private readonly HashSet<SyntaxNode>? _together;
        private readonly CancellationToken _cancellationToken;

        public Source(SummaryStore store, Dictionary<SyntaxNode, BodyResult> provisional, HashSet<SyntaxNode>? together, CancellationToken cancellationToken)
        {
            _together = together;
            _store = store;
            _provisional = provisional;
            _cancellationToken = cancellationToken;
        }

        public Summary? SummaryOf(IMethodSymbol method, ITypeSymbol? exactType)
        {
            if (_store._targets.TargetsOf(method, exactType, _cancellationToken) is not { IsEmpty: false } targets)
            {
                return null;
            }

            var summaries = new List<Summary>(targets.Length);
            foreach (var target in targets)
            {
                if (_store._bodies.BodyOf(target, _cancellationToken) is not { } body || Of(body) is not { } summary)
                {
                    return null;
                }

                summaries.Add(summary);
            }

            return Agreement.Of(summaries);
        }

        public Summary? SummaryOf(IFlowAnonymousFunctionOperation lambda) => Of(lambda.Syntax);

        public IEnumerable<Summary> InitializersOf(INamedTypeSymbol type) =>
            _store.InitializersOf(type, _cancellationToken).Select(Of).OfType<Summary>();

        public bool HasBody(IMethodSymbol method) => !_store._targets.TargetsOf(method, null, _cancellationToken).IsEmpty;

        public bool UsesLate(IParameterSymbol parameter) =>
            parameter.ContainingSymbol is IMethodSymbol method &&
            _store._targets.TargetsOf(method, null, _cancellationToken) is { IsEmpty: false } targets &&
            targets.All(target => parameter.Ordinal < target.Parameters.Length && _store._lateUses.Of(target.Parameters[parameter.Ordinal], _cancellationToken));

        public bool Borrows(IMethodSymbol method, ITypeSymbol? exactType, IParameterSymbol parameter) => _store._borrowed.Of(method, exactType, parameter, _cancellationToken);

        public Thrown ThrownBy(IMethodSymbol method, ITypeSymbol? exactType) => _store._unfollowed.Of(method, exactType, _cancellationToken);

        public bool ComesBack(IMethodSymbol method, ITypeSymbol? exactType) =>
            _together is not null && _store._targets.TargetsOf(method, exactType, _cancellationToken).Any(target => _store._bodies.BodyOf(target, _cancellationToken) is { } body && _together.Contains(body.Syntax));

        public bool UsesLate(ISymbol captured, SyntaxNode function) => _store._lateUses.Of(captured, function, _cancellationToken);

        public SemanticModel ModelOf(SyntaxTree tree) => _store._bodies.ModelOf(tree);

        private Summary? Of(BodyUnit body) => Of(body.Syntax);

        private Summary? Of(SyntaxNode syntax) =>
            _provisional.TryGetValue(syntax, out var result) || _store._results.TryGetValue(syntax, out result) ? result.Summary.IsUnknown ? null : result.Summary : null;
    }
}
