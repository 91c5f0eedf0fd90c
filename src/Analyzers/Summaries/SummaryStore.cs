using System.Collections.Concurrent;
using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Configuration;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <summary>
/// Analyses bodies bottom up: callees before callers, each once, methods that call each other in rounds until nothing
/// changes. The order of the requests does not influence the results. Thread-safe; no recursion over the call graph.
/// </summary>
internal sealed partial class SummaryStore
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
    private readonly CandidateIndex _candidates;
    private readonly CallTargets _targets;
    private readonly StableFields _stableFields;
    private readonly OptionReader _options;
    private readonly LateUses _lateUses;
    private readonly BorrowedParameters _borrowed;
    private readonly UnfollowedThrows _unfollowed;
    private readonly ConcurrentDictionary<SyntaxNode, BodyResult> _results = new();

    /// <summary>Bodies in which nothing allocates or releases: only a caller that does wants to know what they do with what they are handed.</summary>
    private readonly ConcurrentDictionary<SyntaxNode, Component> _idle = new();

    /// <summary>Whether a body is idle by what it mentions, so that nobody needs to know what it calls before somebody wants to know what it does.</summary>
    private readonly ConcurrentDictionary<SyntaxNode, bool> _dormant = new();

    /// <summary>Bodies that are too long to be woken for those that call them, and were analysed because a rule wanted to know of them.</summary>
    private readonly ConcurrentDictionary<SyntaxNode, bool> _woken = new();
    private readonly Once<BodyVerdicts> _verdicts;

    public SummaryStore(KnownMembers known, BodyStore bodies, CandidateIndex candidates, CallTargets targets, StableFields stableFields, OptionReader options, Func<BodyVerdicts> verdicts, CancellationToken cancellationToken)
    {
        _verdicts = new Once<BodyVerdicts>(() => Trusted(verdicts(), cancellationToken), cancellationToken);
        _candidates = candidates;
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
    public BodyResult? ResultOf(BodyUnit unit, Budget budget, CancellationToken cancellationToken) =>
        ResultOf(unit, _verdicts.Value, budget, cancellationToken);

    private BodyResult? ResultOf(BodyUnit unit, BodyVerdicts verdicts, Budget budget, CancellationToken cancellationToken)
    {
        if (!_results.TryGetValue(unit.Syntax, out var result) && !_idle.ContainsKey(unit.Syntax) && !IsQuiet(BodyPlace.Of(unit), verdicts, cancellationToken))
        {
            new Scheduler(this, verdicts, budget, cancellationToken).Run(unit);
            _results.TryGetValue(unit.Syntax, out result);
        }

        return result;
    }

    /// <summary>The verdicts of the version before, if what has been edited since then is to its callers what it was; otherwise none.</summary>
    private BodyVerdicts Trusted(BodyVerdicts verdicts, CancellationToken cancellationToken)
    {
        if (verdicts.Doubtful.Exists(body => _bodies.UnitOf(body, cancellationToken) is { } unit && ResultOf(unit, verdicts, Budget.Default, cancellationToken)?.Summary.Matters == true))
        {
            _results.Clear();
            _idle.Clear();
            _dormant.Clear();
            _woken.Clear();
            verdicts.Forget();
        }

        verdicts.Publish();
        return verdicts;
    }

    /// <summary>The result of analysing <paramref name="unit"/>, whether it has to do with a block or not.</summary>
    public BodyResult FullResultOf(BodyUnit unit, Budget budget, CancellationToken cancellationToken)
    {
        if (ResultOf(unit, budget, cancellationToken) is not { } result)
        {
            if (Woken(BodyPlace.Of(unit), _verdicts.Value, budget, cancellationToken) is { } component)
            {
                if (WeightOf(component, _verdicts.Value, budget, cancellationToken) > MaxIdleWeight)
                {
                    component.Members.ForEach(member => _woken.TryAdd(member.Syntax, true));
                }

                Explore(component, _verdicts.Value, budget, cancellationToken);
            }

            result = _results[unit.Syntax];
        }

        return result;
    }

    private BodyResult Analyse(BodyUnit unit, Source source, Budget budget, CancellationToken cancellationToken) =>
        !unit.MakeGraph(cancellationToken) ? new BodyResult(BodyFacts.None, Summary.Unknown, unit)
        : BodyAnalysis.Run(unit, _known, source, _stableFields, budget.Times(_options.Get(Options.AnalysisBudget, unit.Syntax.SyntaxTree)), cancellationToken);

    /// <summary>Analyses a component that was put aside, after those below it that were.</summary>
    private void Explore(Component root, BodyVerdicts verdicts, Budget budget, CancellationToken cancellationToken)
    {
        var seen = new HashSet<Component> { root };
        var frames = new Stack<(Component Component, int Next)>();
        frames.Push((root, 0));
        while (frames.Count > 0)
        {
            var (component, next) = frames.Pop();
            if (next == component.Callees.Count)
            {
                AnalyseTogether(component, verdicts, budget, cancellationToken);
                continue;
            }

            frames.Push((component, next + 1));
            if (Woken(component.Callees[next], verdicts, budget, cancellationToken) is { } below && !seen.Contains(below) && WeightOf(below, verdicts, budget, cancellationToken) <= MaxIdleWeight && seen.Add(below))
            {
                frames.Push((below, 0));
            }
        }
    }

    /// <summary>Analyses the members of one component, in rounds until nothing changes.</summary>
    private void AnalyseTogether(Component component, BodyVerdicts verdicts, Budget budget, CancellationToken cancellationToken)
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
                verdicts.Add(member.Syntax, result.Summary.Matters ? BodyVerdict.Matters : component.IsRecursive || component.Members.Count > 1 || result.Facts.Budget is not null ? BodyVerdict.Entangled : BodyVerdict.Harmless);
                Watch?.Invoke(result);
            }
        }
    }

    /// <summary>
    /// Whether a body has nothing to do with blocks: it mentions none of the names, or none of them means what it could. What it
    /// calls has nothing to do with them either, or the names would have led to it.
    /// </summary>
    private bool IsDormant(BodyPlace place, CancellationToken cancellationToken)
    {
        if (_dormant.TryGetValue(place.Syntax, out var known))
        {
            return known;
        }

        var isDormant = !_candidates.Names.Detaches(place.Syntax) && (!_candidates.IsCandidate(NamesOf(place.Syntax)) || (_bodies.BodyAt(place, cancellationToken) is { } unit && !_candidates.MeansAny(unit.Root)));
        return _dormant.GetOrAdd(place.Syntax, isDormant);
    }

    /// <summary>Whether a body has nothing to do with blocks, as it is or as it was found in an earlier version.</summary>
    private bool IsQuiet(BodyPlace place, BodyVerdicts verdicts, CancellationToken cancellationToken)
    {
        if (verdicts.Of(place.Syntax) == BodyVerdict.Idle)
        {
            return true;
        }

        if (!IsDormant(place, cancellationToken))
        {
            return false;
        }

        verdicts.Add(place.Syntax, BodyVerdict.Idle);
        return true;
    }

    /// <summary>The code that names what a body makes: <c>new(8)</c> has its type from the declaration around it.</summary>
    private static SyntaxNode NamesOf(SyntaxNode body) =>
        body is BaseMethodDeclarationSyntax ? body : body.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? body;

    /// <summary>The component of a body that was put aside, found when nobody has asked for it yet; null when the body has been analysed, or cannot be read.</summary>
    private Component? Woken(BodyPlace place, BodyVerdicts verdicts, Budget budget, CancellationToken cancellationToken)
    {
        if (_results.ContainsKey(place.Syntax))
        {
            return null;
        }

        if (!_idle.TryGetValue(place.Syntax, out var component) && _bodies.BodyAt(place, cancellationToken) is { } unit)
        {
            new Scheduler(this, verdicts, budget, cancellationToken, isWaking: true).Run(unit);
            _idle.TryGetValue(place.Syntax, out component);
        }

        return component;
    }

    /// <summary>The text of a component that was put aside, with what it calls, as far as it counts.</summary>
    private int WeightOf(Component root, BodyVerdicts verdicts, Budget budget, CancellationToken cancellationToken)
    {
        // what was woken later may call what was put aside before: one of them counts as if it did not
        var frames = new Stack<(Component Component, int Next, int Weight, bool IsWhole)>();
        var entered = new HashSet<Component> { root };
        frames.Push((root, 0, OwnWeight(root), true));
        while (root.Weight is null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (component, next, weight, isWhole) = frames.Pop();
            if (next == component.Callees.Count || weight > MaxIdleWeight)
            {
                entered.Remove(component);
                if (isWhole || component == root)
                {
                    component.Weight = weight;
                }

                if (frames.Count > 0)
                {
                    var above = frames.Pop();
                    frames.Push((above.Component, above.Next, above.Weight + weight, above.IsWhole && isWhole));
                }
            }
            else if (Woken(component.Callees[next], verdicts, budget, cancellationToken) is not { } below)
            {
                frames.Push((component, next + 1, weight, isWhole));
            }
            else if (below.Weight is { } known)
            {
                frames.Push((component, next + 1, weight + known, isWhole));
            }
            else if (entered.Add(below))
            {
                frames.Push((component, next + 1, weight, isWhole));
                frames.Push((below, 0, OwnWeight(below), true));
            }
            else
            {
                frames.Push((component, next + 1, weight, IsWhole: false));
            }
        }

        return root.Weight.Value;
    }

    private static int OwnWeight(Component component) => component.Members.Sum(OwnWeight);

    private static int OwnWeight(BodyUnit unit) => Math.Min(MaxIdleWeight, unit.Syntax.Span.Length);

    /// <summary>The units that a unit can call or that lie in it, and whether it allocates or releases anything itself.</summary>
    private (List<BodyPlace> Callees, bool Matters) CalleesOf(BodyUnit unit, CancellationToken cancellationToken)
    {
        var callees = new List<BodyPlace>();
        var seen = new HashSet<SyntaxNode>();
        foreach (var nested in _bodies.NestedIn(unit))
        {
            if (seen.Add(nested.Syntax))
            {
                callees.Add(BodyPlace.Of(nested));
            }
        }

        var (called, made, matters) = _targets.CalledBy(unit, cancellationToken);
        foreach (var initializer in made.SelectMany(type => InitializersOf(type, cancellationToken)))
        {
            if (seen.Add(initializer.Syntax))
            {
                callees.Add(BodyPlace.Of(initializer));
            }
        }

        foreach (var method in called)
        {
            if (_bodies.PlaceOf(method, cancellationToken) is { } body && seen.Add(body.Syntax))
            {
                callees.Add(body);
            }
        }

        return (callees, matters || _candidates.Names.Detaches(unit.Syntax));
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

        /// <summary>What is too long to be woken for its callers is not there for them when a rule has had it woken either: whether it came before them is a matter of chance.</summary>
        private Summary? Of(SyntaxNode syntax) =>
            _provisional.TryGetValue(syntax, out var result) || (_store._results.TryGetValue(syntax, out result) && !_store._woken.ContainsKey(syntax)) ? result.Summary.IsUnknown ? null : result.Summary : null;
    }
}
