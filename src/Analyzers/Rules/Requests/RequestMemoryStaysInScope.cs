using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Requests;

/// <summary>LIFE010 for request memory: nothing that lives longer than the scope gets hold of it.</summary>
internal static class RequestMemoryStaysInScope
{
    private const string WayOut = "take what outlives the request with Heap.Malloc, or let a copy leave";

    public static Diagnostic? Judge(Block block, JudgedBody body)
    {
        if (block.Family!.Lifetime != Lifetime.Request)
        {
            return null;
        }

        if (body.DeparturesOf(block).FirstOrDefault(departure => departure.IsGone && !IsKeptByCallee(departure, body)) is { } gone)
        {
            return Report(block, body, FateOf(gone), gone.At?.Syntax is ReturnStatementSyntax { Expression: { } value } ? value : gone.At?.Syntax);
        }

        if (body.FindingsOf(block).FirstOrDefault(finding => finding.Kind == FindingKind.EndsWhileUsed) is { At: { } late } ends)
        {
            return Report(block, body, $"is still used by {ends.Function} when its scope has ended", late.Syntax);
        }

        var context = body.ContextAt(block.Site!.Syntax);
        if (context.Kind is ExecutionContextKind.PersistentServer or ExecutionContextKind.StartUp && !block.WasInScope)
        {
            return null;
        }

        foreach (var keeper in Keepers.Of(block, body))
        {
            if (keeper.Member is { IsStatic: true } || context.Kind == ExecutionContextKind.RequestHandler)
            {
                return Report(block, body, $"is stored in {keeper.Words}, which outlives the request", keeper.Escape);
            }
        }

        if (context.Kind != ExecutionContextKind.RequestHandler || body.FindingsOf(block).Any(finding => finding is { Kind: FindingKind.UseAfterFree, State.StillUsedBy: not null }))
        {
            return null;
        }

        return CapturedBy(block, body) is var (function, work) ? Report(block, body, $"is captured by {work}, which may outlive the request", function)
            : body.FindingsOf(block).FirstOrDefault(finding => finding.Kind == FindingKind.LeftRunning) is { At: { } start } running ? Report(block, body, $"is used by {running.Function} and so possibly after the request", start.Syntax)
            : null;
    }

    /// <summary>The function that was called has put it into the static field, of which this body says nothing: it is reported there, once.</summary>
    private static bool IsKeptByCallee(Departure departure, JudgedBody body) =>
        departure is { Destination: Destination.StaticField, Place.Base.Root: ISymbol kept } && departure.Block.Site?.Syntax is InvocationExpressionSyntax
        && !body.Unit.Syntax.DescendantNodes().OfType<SimpleNameSyntax>().Any(name => name.Identifier.ValueText == kept.Name);

    private static string FateOf(Departure departure) => departure.Destination switch
    {
        Destination.Returned => "is returned when its scope has ended",
        Destination.OutParameter => $"is handed to the caller in '{departure.Place?.DisplayName}' when its scope has ended",
        _ => $"is still stored in '{departure.Place?.DisplayName}' when its scope has ended",
    };

    /// <summary>The lambda that uses the block as part of work that nobody waits for.</summary>
    private static (SyntaxNode Function, string Work)? CapturedBy(Block block, JudgedBody body)
    {
        var owner = Wording.Owner(block);
        if (owner.Length == 0)
        {
            return null;
        }

        var site = block.Site!.Syntax;
        var firstRelease = body.ReleasesOf(block).Select(release => release.Syntax.SpanStart).DefaultIfEmpty(int.MaxValue).Min();
        foreach (var function in body.Unit.Syntax.DescendantNodes(node => node == body.Unit.Syntax || node is not AnonymousFunctionExpressionSyntax).OfType<AnonymousFunctionExpressionSyntax>())
        {
            if (function.SpanStart > site.SpanStart && function.SpanStart < firstRelease && Captures(function, owner, body) &&
                LongLivedWork.Of(function, body.Model, body.CancellationToken) is { } work)
            {
                return (function, work);
            }
        }

        return null;
    }

    private static bool Captures(AnonymousFunctionExpressionSyntax function, string name, JudgedBody body) =>
        function.DescendantNodes().OfType<IdentifierNameSyntax>().Any(mention => mention.Identifier.ValueText == name &&
            body.Model.GetSymbolInfo(mention, body.CancellationToken).Symbol is { Kind: SymbolKind.Local or SymbolKind.Parameter } variable &&
            !variable.DeclaringSyntaxReferences.Any(reference => function.Span.Contains(reference.Span)));

    private static Diagnostic Report(Block block, JudgedBody body, string what, SyntaxNode? escape)
    {
        var evidence = Evidence.ForEscape(block, body.Result, escape);
        return Diagnostic.Create(Descriptors.EscapesScope, block.Site!.Syntax.GetLocation(), evidence.Locations, evidence.Properties,
            Wording.Subject(block), block.AllocatedBy, what, WayOut);
    }
}
