using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Corpus.Sites;

/// <summary>What the engine concluded of every body, by the allocation sites in it. Thread-safe while it is filled.</summary>
internal sealed class Conclusions
{
    private static readonly (Fate Fate, string Reason) ByItself = (Fate.Released, "by the body itself");
    private readonly Dictionary<SyntaxNode, List<(BodyFacts Facts, Block Block)>> _bySite = new();
    private readonly HashSet<SyntaxNode> _bodies = new();
    private readonly HashSet<SyntaxNode> _overBudget = new();

    /// <summary>Takes in the result of one body.</summary>
    public void Add(BodyResult result)
    {
        lock (_bySite)
        {
            _bodies.Add(result.Unit.Syntax);
            if (result.Facts.Budget is not null)
            {
                _overBudget.Add(result.Unit.Syntax);
            }

            foreach (var block in result.Facts.Blocks.Where(block => block.Site is not null))
            {
                if (!_bySite.TryGetValue(block.Site!.Syntax, out var known))
                {
                    _bySite.Add(block.Site.Syntax, known = []);
                }

                known.Add((result.Facts, block));
            }
        }
    }

    /// <summary>What has become of the block of a site that no rule reports. What is given up on one path counts as given up, unless the body releases it all the same.</summary>
    public Account Of(AllocationSite site)
    {
        if (site.IsGenerated)
        {
            return new Account(site.Family, Fate.Generated, "generated code");
        }

        if (site.Call.Ancestors().Any(_overBudget.Contains))
        {
            return new Account(site.Family, Fate.GivenUp, "the body is too large");
        }

        if (!_bySite.TryGetValue(site.Call, out var known))
        {
            return new Account(site.Family, Fate.GivenUp, site.Call.Ancestors().Any(_bodies.Contains) ? "no path reaches it" : "the body was not analysed");
        }

        var ways = known.SelectMany(pair => WaysOf(pair.Facts, pair.Block)).ToList();
        if (ways.Exists(way => way.Fate == Fate.GivenUp) && ways.Exists(way => way == ByItself))
        {
            return new Account(site.Family, Fate.Released, "by the body itself, but not checked on every path: it goes " + ways.First(way => way.Fate == Fate.GivenUp).Reason);
        }

        ways = ways.OrderByDescending(way => way.Fate).ThenBy(way => way.Reason, StringComparer.Ordinal).ToList();
        return ways.Count == 0 ? new Account(site.Family, Fate.GivenUp, "lost sight of") : new Account(site.Family, ways[0].Fate, ways[0].Reason);
    }

    private static IEnumerable<(Fate Fate, string Reason)> WaysOf(BodyFacts facts, Block block)
    {
        foreach (var departure in facts.Departures.Where(departure => departure.Block == block))
        {
            yield return WayOf(departure);
        }

        if (facts.Releases.ContainsKey(block) || facts.Reallocations.ContainsKey(block))
        {
            yield return ByItself;
        }

        foreach (var finding in facts.Findings.Where(finding => finding.Block == block))
        {
            switch (finding.Kind)
            {
                case FindingKind.LostByThrow:
                    yield return (Fate.Released, "on all paths that do not throw");
                    break;
                case FindingKind.LostAtExit or FindingKind.LostByOverwrite or FindingKind.LostInIteration or FindingKind.Discarded:
                    yield return (Fate.Transferred, "to nobody, where that is allowed: kept by an object with a finalizer, static, discarded on purpose");
                    break;
            }
        }
    }

    private static (Fate Fate, string Reason) WayOf(Departure departure) => departure.Destination switch
    {
        Destination.Returned => (Fate.Transferred, "to the caller, as result"),
        Destination.OutParameter => (Fate.Transferred, "to the caller, by reference"),
        Destination.OwnField => (Fate.Transferred, "to a field of its own object"),
        Destination.OtherObject => (Fate.Transferred, "to a field of another object"),
        Destination.StaticField => (Fate.Transferred, "to a static field"),
        Destination.Call => Callee(departure.At) is { } callee ? ByCallee(callee) : (Fate.Transferred, "to a lambda"),
        _ => Elsewhere(departure.At),
    };

    private static (Fate Fate, string Reason) ByCallee(IMethodSymbol callee) => callee switch
    {
        { MethodKind: MethodKind.DelegateInvoke } => (Fate.GivenUp, "to a delegate"),
        { DeclaringSyntaxReferences.IsEmpty: false, IsAbstract: false, IsExtern: false } => (Fate.Transferred, "to a method of the project"),
        { DeclaringSyntaxReferences.IsEmpty: false, IsExtern: true } => (Fate.GivenUp, "to a native function that may keep it"),
        { DeclaringSyntaxReferences.IsEmpty: false } => (Fate.GivenUp, "to an interface or abstract method"),
        { MethodKind: MethodKind.Constructor } => (Fate.Transferred, "to an object of a library"),
        _ => (Fate.Transferred, "to a library function that takes or keeps it"),
    };

    private static (Fate Fate, string Reason) Elsewhere(IOperation? at) => at switch
    {
        IAssignmentOperation { Target: IArrayElementReferenceOperation } => (Fate.Transferred, "to an element of an array"),
        IAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true } } => (Fate.Transferred, "to an element of a collection"),
        IAssignmentOperation { Target: IPropertyReferenceOperation or IFieldReferenceOperation } => (Fate.Transferred, "to a field of another object"),
        IAssignmentOperation { Target.Kind: OperationKind.None } => (Fate.Transferred, "to native memory"),
        _ when Callee(at) is { DeclaringSyntaxReferences.IsEmpty: true, ContainingNamespace: { } space } && space.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal) => (Fate.Transferred, "to an element of a collection"),
        _ when Callee(at) is { } callee => ByCallee(callee),
        IInvalidOperation => (Fate.GivenUp, "to code whose types are not known"),
        _ => (Fate.GivenUp, at is null ? "elsewhere" : at.Kind == OperationKind.None ? "elsewhere: " + at.Syntax.GetType().Name : "elsewhere: " + at.Kind),
    };

    private static IMethodSymbol? Callee(IOperation? at) => at switch
    {
        IInvocationOperation invocation => invocation.TargetMethod,
        IObjectCreationOperation creation => creation.Constructor,
        IPropertyReferenceOperation property => property.Property.SetMethod ?? property.Property.GetMethod,
        _ => null,
    };
}
