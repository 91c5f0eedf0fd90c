using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>A sequence that is only computed when somebody goes through it reads the block when that is gone: its elements are collected before.</summary>
internal sealed class CollectBeforeRelease : Repair
{
    public override string Name => "Collect";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.NodeAt<ReturnStatementSyntax>(site.Finding.Span) is not { Expression: { } returned } || site.Model.Compilation.GetTypeByMetadataName("System.Linq.Enumerable") is not { } linq)
        {
            yield break;
        }

        // What the variable was made of, when the release comes before the return.
        var value = OwnedBlock.Bare(returned);
        if (value is IdentifierNameSyntax name && site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations }
            && declarations[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } made })
        {
            value = OwnedBlock.Bare(made);
        }

        if (value is not InvocationExpressionSyntax || site.Model.GetTypeInfo(value, site.CancellationToken).Type is not INamedTypeSymbol { TypeKind: TypeKind.Interface, Name: "IEnumerable" or "IOrderedEnumerable", TypeArguments: { Length: 1 } elements } || !MoveReleaseAfterLastUse.IsPlainValue(elements[0])
            || site.Model.GetTypeInfo(returned, site.CancellationToken).ConvertedType is not INamedTypeSymbol { Name: "IEnumerable" })
        {
            yield break;
        }

        var edits = new TextEdits();
        edits.Insert(value.Span.End, ".ToList()");
        UsingDirectives.Need(site, edits, linq, value.SpanStart);
        yield return Plan.Of("Collect the elements before the release", edits);
    }
}
