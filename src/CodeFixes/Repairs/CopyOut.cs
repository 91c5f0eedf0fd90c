using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Lets a copy escape instead of a view over memory that is gone when its scope ends.</summary>
internal sealed class CopyOut : Repair
{
    public override string Name => "Copy";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        foreach (var span in site.Finding.PlacesOf(FixData.Escape).Concat([site.Finding.Span]))
        {
            if (site.NodeAt<ExpressionSyntax>(span) is not { } value || Escaping(value) is not { } view)
            {
                continue;
            }

            var type = site.Model.GetTypeInfo(view).Type;
            if (type is not INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory", ContainingNamespace.Name: "System" })
            {
                continue;
            }

            var edits = new TextEdits();
            var simple = view is IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ObjectCreationExpressionSyntax;
            if (!simple)
            {
                edits.Insert(view.SpanStart, "(");
            }

            edits.Insert(view.Span.End, simple ? ".ToArray()" : ").ToArray()");
            yield return Plan.Of("Let a copy escape", edits);
        }
    }

    /// <summary>The expression whose value goes out: of a <c>return</c>, or the right side of an assignment.</summary>
    private static ExpressionSyntax? Escaping(ExpressionSyntax node) => node.FirstAncestorOrSelf<StatementSyntax>() switch
    {
        ReturnStatementSyntax { Expression: { } value } => OwnedBlock.Bare(value),
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } => OwnedBlock.Bare(assignment.Right),
        null when node.FirstAncestorOrSelf<ArrowExpressionClauseSyntax>() is { } arrow => OwnedBlock.Bare(arrow.Expression),
        _ => null,
    };
}
