using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Takes a block that outlives its scope for the life of the process: <c>Emalloc</c> becomes <c>Malloc</c>, with all that belongs to it.</summary>
internal sealed class ProcessLifetime : Repair
{
    public override string Name => "ProcessLifetime";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Family != "Emalloc" || site.Model.Compilation.GetTypeByMetadataName("LifetimeAnalyzers.Heap") is not { } heap || OwnedBlock.Find(site) is not { } block)
        {
            yield break;
        }

        var edits = new TextEdits();
        var calls = site.Finding.PlacesOf(FixData.Reallocation).Concat(site.Finding.PlacesOf(FixData.Release)).Select(span => site.NodeAt<ExpressionSyntax>(span)).Select(node => node is null ? null : OwnedBlock.Bare(node));
        foreach (var call in new[] { block.Allocation }.Concat(calls).Concat(CallsOf(block, heap)).Distinct())
        {
            if (call is not InvocationExpressionSyntax invocation || !Rewrite(site, edits, heap, invocation))
            {
                yield break;
            }
        }

        yield return Plan.Of("Allocate for the life of the process (Heap.Malloc)", edits);
    }

    /// <summary>The calls that give the owner a block, and those that are given it: all of them change together.</summary>
    private static IEnumerable<ExpressionSyntax> CallsOf(OwnedBlock block, INamedTypeSymbol heap)
    {
        if (block.Owner is not ILocalSymbol || block.Declaration?.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } body)
        {
            return [];
        }

        var initial = (block.Declaration as VariableDeclaratorSyntax)?.Initializer?.Value;
        var given = block.References(body).Select(name => OwnedBlock.Dressed(name).Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Left == name => OwnedBlock.Bare(assignment.Right),
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => call,
            _ => null,
        });
        return given.Append(initial is null ? null : OwnedBlock.Bare(initial)).OfType<InvocationExpressionSyntax>()
            .Where(call => block.Site.Model.GetSymbolInfo(call, block.Site.CancellationToken).Symbol is IMethodSymbol method
                && (SymbolEqualityComparer.Default.Equals(method.ContainingType, heap) || method.ContainingType.Name == "RequestScope")
                && (method.Name.StartsWith("E", StringComparison.Ordinal) || method.Name.StartsWith("SafeE", StringComparison.Ordinal)));
    }

    private static bool Rewrite(FixSite site, TextEdits edits, INamedTypeSymbol heap, InvocationExpressionSyntax call)
    {
        if (site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is not IMethodSymbol method)
        {
            return false;
        }

        var process = method.Name.StartsWith("SafeE", StringComparison.Ordinal) ? "Safe" + Upper(method.Name.Substring(5)) : method.Name.StartsWith("E", StringComparison.Ordinal) ? Upper(method.Name.Substring(1)) : string.Empty;
        if (process.Length == 0 || heap.GetMembers(process).IsEmpty)
        {
            return false;
        }

        switch (call.Expression)
        {
            case MemberAccessExpressionSyntax access when SymbolEqualityComparer.Default.Equals(method.ContainingType, heap):
                edits.Replace(access.Name.Identifier.Span, process);
                return true;
            case MemberAccessExpressionSyntax access when method.ContainingType.Name == "RequestScope":
                edits.Replace(access.Expression.Span, UsingDirectives.Name(site, edits, heap, call.SpanStart));
                edits.Replace(access.Name.Identifier.Span, process);
                return true;
            case SimpleNameSyntax simple:
                edits.Replace(simple.Identifier.Span, process);
                return true;
            default:
                return false;
        }
    }

    private static string Upper(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
