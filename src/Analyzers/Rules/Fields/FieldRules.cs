using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>A type that owns memory in a field: LIFE013 where it is not released or is overwritten, LIFE006, LIFE008 and LIFE009 where a member releases it wrongly.</summary>
internal sealed class FieldRules
{
    private readonly FieldOwnership _ownership;
    private readonly UnreleasedFields _unreleased;
    private readonly MemberReleases _releases;
    private readonly HandleRules _handles;
    private readonly OwnedObjects _objects;
    private readonly OwnedCollections _collections;
    private readonly ElementsLeftBehind _leftElements;
    private readonly DroppedElements _dropped;
    private readonly ReplacedCollections _replaced;
    private readonly FilledFields _fills;
    private readonly ForgottenFields _forgotten;
    private readonly DetachedFields _detached;
    private readonly MovedFields _moved;
    private readonly UnlinkedNodes _nodes;
    private readonly InheritedFields _inherited;
    private readonly OwnedParts _parts;
    private readonly OverwrittenFields _overwritten;

    public FieldRules(FieldOwnership ownership, Func<BodyUnit, bool> isCandidate, Contexts.SingletonTypes lifetimes)
    {
        _ownership = ownership;
        _handles = new HandleRules(ownership);
        _inherited = new InheritedFields(ownership);
        _unreleased = new UnreleasedFields(ownership, isCandidate, lifetimes);
        _releases = new MemberReleases(ownership, _inherited);
        _parts = new OwnedParts(ownership);
        _objects = new OwnedObjects(ownership);
        _fills = new FilledFields(ownership, _objects);
        _forgotten = new ForgottenFields(ownership, _fills, isCandidate);
        _detached = new DetachedFields(ownership, _fills);
        _moved = new MovedFields(ownership, _fills);
        _nodes = new UnlinkedNodes(ownership);
        _collections = new OwnedCollections(ownership, _objects);
        _leftElements = new ElementsLeftBehind(ownership);
        _dropped = new DroppedElements(ownership, _objects, _collections);
        _replaced = new ReplacedCollections(ownership, _collections);
        _overwritten = new OverwrittenFields(ownership, _objects, _inherited, _parts);
    }

    public IEnumerable<Diagnostic> Judge(BodyResult result, CancellationToken cancellationToken)
    {
        var unit = result.Unit;
        var seen = new HashSet<(SyntaxNode, string)>();
        foreach (var left in _releases.JudgeLeftovers(result, cancellationToken).Concat(_detached.Judge(result, cancellationToken)))
        {
            if (seen.Add((unit.Syntax, left.Id + left.Location.SourceSpan)))
            {
                yield return left;
            }
        }

        if (unit.Member.IsStatic || unit.Member.ContainingType is not { } type)
        {
            yield break;
        }

        foreach (var departure in result.Facts.Departures)
        {
            if (departure.Destination == Destination.OwnField && (_handles.Judge(departure, type, result, cancellationToken) ?? _objects.Judge(departure, type, result, cancellationToken)) is { } forgotten && seen.Add((departure.Block.Site!.Syntax, "object")))
            {
                yield return forgotten;
            }

            if (departure.Destination == Destination.OwnField && departure.Place is { } place && OwnerMembers.Field(place, type) is { } field &&
                _fills.IsOwned(departure.Block, place, type, result, cancellationToken) && _unreleased.Judge(departure.Block, place, field, cancellationToken) is { } diagnostic && seen.Add((departure.Block.Site!.Syntax, field.Name)))
            {
                yield return diagnostic;
            }

            if (departure is { Destination: Destination.OwnField, AtExit: true } && !FilledFields.IsFilledByOwnCall(departure.Block) && _inherited.JudgeFill(departure, type, cancellationToken) is { } unreleased && seen.Add((departure.Block.Site!.Syntax, "inherited")))
            {
                yield return unreleased;
            }
        }

        foreach (var forgotten in _collections.Judge(result, type, cancellationToken).Concat(_collections.JudgeLosses(result, type, cancellationToken)))
        {
            if (seen.Add((forgotten.Location.SourceTree!.GetRoot(cancellationToken).FindNode(forgotten.Location.SourceSpan), "collection")))
            {
                yield return forgotten;
            }
        }

        foreach (var lost in _forgotten.Judge(result, type, cancellationToken).Concat(_moved.Judge(result, type, cancellationToken)).Concat(_nodes.Judge(result, type, cancellationToken)))
        {
            if (seen.Add((unit.Syntax, lost.Id + lost.Location.SourceSpan)))
            {
                yield return lost;
            }
        }

        foreach (var wrong in _collections.JudgeFamilies(result, type, cancellationToken))
        {
            yield return wrong;
        }

        foreach (var dropped in _dropped.Judge(result, type, cancellationToken).Concat(_replaced.Judge(result, type, cancellationToken)))
        {
            yield return dropped;
        }

        foreach (var again in _leftElements.Judge(result, type, cancellationToken))
        {
            yield return again;
        }

        foreach (var diagnostic in _handles.JudgeRelease(result, type, cancellationToken))
        {
            yield return diagnostic;
        }

        if (unit.Method is not { MethodKind: not (MethodKind.Constructor or MethodKind.LocalFunction or MethodKind.LambdaMethod) } method)
        {
            yield break;
        }

        if (SkippedBases.Judge(result, _ownership, cancellationToken) is { } skipped)
        {
            yield return skipped;
        }

        foreach (var outcome in result.Summary.Outcomes)
        {
            foreach (var diagnostic in _releases.Judge(outcome, method, type, result, cancellationToken))
            {
                if (seen.Add((unit.Syntax, diagnostic.Id + diagnostic.Location.SourceSpan)))
                {
                    yield return diagnostic;
                }
            }

            foreach (var diagnostic in _overwritten.JudgeOverwrites(outcome, method, type, result, cancellationToken))
            {
                if (seen.Add((unit.Syntax, diagnostic.Id)))
                {
                    yield return diagnostic;
                }
            }
        }
    }

}
