using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>The block goes back to the request scope, <c>Heap.Efree</c>, and does not come from there: where it lives within the request, it does from now on.</summary>
internal sealed class AllocateForRelease : Repair
{
    public override string Name => "AllocateForRelease";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        var calls = site.Finding.PlacesOf(FixData.Allocation).Concat(site.Finding.PlacesOf(FixData.Reallocation)).Distinct().Select(place => site.NodeAt<InvocationExpressionSyntax>(place)).ToList();
        if (calls.Count == 0 || site.NodeAt<InvocationExpressionSyntax>(site.Finding.Span) is not { } release || NameOf(site, release) is not { Identifier.ValueText: "Efree" })
        {
            yield break;
        }

        var edits = new TextEdits();
        foreach (var call in calls)
        {
            if (call is null || NameOf(site, call) is not { Identifier.ValueText: "Malloc" or "Calloc" or "Realloc" } name)
            {
                yield break;
            }

            edits.Replace(name.Identifier.Span, "E" + char.ToLowerInvariant(name.Identifier.ValueText[0]) + name.Identifier.ValueText.Substring(1));
        }

        yield return Plan.Of("Take the block from the request scope", edits);
    }

    /// <summary>The name by which a function of the heap is called; null when it is none.</summary>
    private static SimpleNameSyntax? NameOf(FixSite site, InvocationExpressionSyntax call) =>
        site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol { IsStatic: true, ContainingType: { Name: "Heap", ContainingNamespace.Name: "LifetimeAnalyzers" } } ? (call.Expression as MemberAccessExpressionSyntax)?.Name ?? call.Expression as SimpleNameSyntax : null;
}
