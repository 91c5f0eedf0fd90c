using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace LifetimeAnalyzers.Flow.Exceptions;

/// <summary>A place where control can go on: a node, or an exit of the body.</summary>
internal readonly record struct Target(Node? Node, ExitKind Exit);

/// <summary>Where branches and exceptions lead, finally regions and handlers included.</summary>
internal sealed class Unwinding
{
    private readonly ControlFlowGraph _graph;
    private readonly Dictionary<Continuation, Continuation> _continuations = new();
    private readonly Dictionary<(ControlFlowRegion From, ITypeSymbol? Exception, Continuation? Current, bool Abandoned), List<Target>> _unwound = new();

    public Unwinding(ControlFlowGraph graph)
    {
        _graph = graph;
    }

    /// <summary>Where an ordinary branch leads.</summary>
    public Target Follow(ControlFlowBranch branch, Continuation? current)
    {
        if (branch.FinallyRegions.IsEmpty)
        {
            return At(branch.Destination!, current);
        }

        var continuation = Intern(new Continuation(branch.FinallyRegions.RemoveAt(0), branch.Destination, null, null, current));
        return new Target(new Node(_graph.Blocks[branch.FinallyRegions[0].FirstBlockOrdinal], continuation), ExitKind.None);
    }

    /// <summary>Where control goes when a finally region is done.</summary>
    public IReadOnlyList<Target> Continue(Continuation? continuation)
    {
        if (continuation is null)
        {
            return Array.Empty<Target>();
        }

        if (!continuation.Remaining.IsEmpty)
        {
            var next = Intern(continuation with { Remaining = continuation.Remaining.RemoveAt(0) });
            return new[] { new Target(new Node(_graph.Blocks[continuation.Remaining[0].FirstBlockOrdinal], next), ExitKind.None) };
        }

        return continuation.Destination is { } destination
            ? new[] { At(destination, continuation.Outer) }
            : Unwind(continuation.UnwindFrom!, continuation.ExceptionType, continuation.Outer, abandoned: false);
    }

    /// <summary>Where an exception goes that is thrown in <paramref name="from"/>: to the handlers that may take it, and on.</summary>
    /// <param name="from">The region it is thrown in.</param>
    /// <param name="exception">Its type; null when any is possible.</param>
    /// <param name="current">The continuation of the finally region it is thrown in.</param>
    /// <param name="abandoned">It is no exception: an iterator is disposed of, and only finally regions run.</param>
    public IReadOnlyList<Target> Unwind(ControlFlowRegion from, ITypeSymbol? exception, Continuation? current, bool abandoned)
    {
        // every call of a region throws to the same places
        if (!_unwound.TryGetValue((from, exception, current, abandoned), out var targets))
        {
            _unwound.Add((from, exception, current, abandoned), targets = FindTargets(from, exception, current, abandoned));
        }

        return targets;
    }

    private List<Target> FindTargets(ControlFlowRegion from, ITypeSymbol? exception, Continuation? current, bool abandoned)
    {
        var targets = new List<Target>();
        var passed = new List<ITypeSymbol>();
        // a nested body's root region has the enclosing body's regions around it
        for (var region = from; region is { Kind: not ControlFlowRegionKind.Root }; region = region.EnclosingRegion!)
        {
            if (region.Kind == ControlFlowRegionKind.Finally)
            {
                current = current?.Outer;
            }

            if (region.Kind != ControlFlowRegionKind.Try || region.EnclosingRegion is not { } parent)
            {
                continue;
            }

            if (parent.Kind == ControlFlowRegionKind.TryAndFinally)
            {
                var handler = parent.NestedRegions[1];
                var continuation = Intern(new Continuation(ImmutableArray<ControlFlowRegion>.Empty, null, parent, exception, current));
                targets.Add(new Target(new Node(_graph.Blocks[handler.FirstBlockOrdinal], continuation), ExitKind.None));
                return targets;
            }

            if (!abandoned && parent.Kind == ControlFlowRegionKind.TryAndCatch && EnterHandlers(parent, exception, current, targets, passed))
            {
                return targets;
            }
        }

        targets.Add(new Target(null, ExitKind.Throw));
        return targets;
    }

    private bool EnterHandlers(ControlFlowRegion tryAndCatch, ITypeSymbol? exception, Continuation? current, List<Target> targets, List<ITypeSymbol> passed)
    {
        for (var i = 1; i < tryAndCatch.NestedRegions.Length; i++)
        {
            var handler = tryAndCatch.NestedRegions[i];
            var hasFilter = handler.Kind == ControlFlowRegionKind.FilterAndHandler;
            var caught = handler.ExceptionType ?? (hasFilter ? handler.NestedRegions[0].ExceptionType : null);
            if (!MayCatch(caught, exception) || (caught is not null && passed.Exists(before => Derives(caught, before))))
            {
                // what comes out of a 'catch (FormatException)' that is further in is none
                continue;
            }

            if (!hasFilter && caught is not null)
            {
                passed.Add(caught);
            }

            targets.Add(new Target(new Node(_graph.Blocks[handler.FirstBlockOrdinal], current), ExitKind.None));
            if (!hasFilter && CatchesAll(caught, exception))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MayCatch(ITypeSymbol? caught, ITypeSymbol? thrown) =>
        caught is null || thrown is null || Derives(thrown, caught) || Derives(caught, thrown);

    private static bool CatchesAll(ITypeSymbol? caught, ITypeSymbol? thrown) =>
        caught is null || caught.SpecialType == SpecialType.System_Object ||
        (caught.Name == "Exception" && caught.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true }) ||
        (thrown is not null && Derives(thrown, caught));

    private static bool Derives(ITypeSymbol type, ITypeSymbol ancestor)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, ancestor))
            {
                return true;
            }
        }

        return false;
    }

    private static Target At(BasicBlock destination, Continuation? continuation) =>
        destination.Kind == BasicBlockKind.Exit ? new Target(null, ExitKind.Return) : new Target(new Node(destination, continuation), ExitKind.None);

    private Continuation Intern(Continuation continuation)
    {
        if (!_continuations.TryGetValue(continuation, out var known))
        {
            known = continuation with { Id = _continuations.Count };
            _continuations.Add(known, known);
        }

        return known;
    }
}
