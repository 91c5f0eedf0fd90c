using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// <c>byte* end = s-&gt;Data + s-&gt;Length; s-&gt;Data = Realloc(s-&gt;Data, n); *end = 0;</c> looks into the block where it was: the place is worked
/// out behind the reallocation, when nothing needs it before and what it is worked out from stays the same.
/// </summary>
internal static class ViewBehind
{
    public static Plan? Of(FixSite site, ExpressionStatementSyntax statement)
    {
        if (statement is not { Parent: BlockSyntax list, Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax or MemberAccessExpressionSyntax } assignment }
            || OwnedBlock.Bare(assignment.Right) is not InvocationExpressionSyntax call || !KeepOrDropResult.IsReallocation(site, call)
            || site.NodeAt<ExpressionSyntax>(site.Finding.Span)?.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(name => DeclarationOf(site, name, assignment.Left)).FirstOrDefault(found => found is not null) is not { } view
            || view.Parent != list || view.SpanStart > statement.SpanStart || !site.Layout.StartsLine(view.SpanStart) || !site.Layout.EndsLine(view.Span.End) || !site.Layout.StartsLine(statement.SpanStart) || !site.Layout.EndsLine(statement.Span.End))
        {
            return null;
        }

        var made = view.Declaration.Variables[0];
        var sources = new HashSet<string>(made.Initializer!.Value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText), StringComparer.Ordinal);
        var between = list.Statements.Skip(list.Statements.IndexOf(view) + 1).Take(list.Statements.IndexOf(statement) - list.Statements.IndexOf(view) - 1);
        if (made.Initializer.Value.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax)
            || between.Append(statement).SelectMany(other => other.DescendantNodes()).Any(node => node is IdentifierNameSyntax name && name.Identifier.ValueText == made.Identifier.ValueText)
            || between.SelectMany(other => other.DescendantNodesAndSelf()).Any(node => node is InvocationExpressionSyntax or LabeledStatementSyntax or GotoStatementSyntax || Writes(node, sources))
            || call.ArgumentList.DescendantNodes().Any(node => node is InvocationExpressionSyntax || Writes(node, sources)))
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Delete(StatementRemoval.LinesOf(site, view.Span));
        edits.Insert(site.Layout.NextLine(statement.Span.End), site.Layout.IndentAt(view.SpanStart) + view + site.Layout.NewLine);
        return Plan.Of($"Work out '{made.Identifier.Text}' behind the reallocation", edits);
    }

    /// <summary>The declaration of a pointer that is worked out from what is given another block.</summary>
    private static LocalDeclarationStatementSyntax? DeclarationOf(FixSite site, IdentifierNameSyntax name, ExpressionSyntax target) =>
        site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol { IsRef: false, Type: IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr }, DeclaringSyntaxReferences: { Length: 1 } declarations }
        && declarations[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var initial, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declared } }
        && initial.DescendantNodesAndSelf().Any(node => node.IsEquivalentTo(target, topLevel: false)) ? declared : null;

    /// <summary>One of the <paramref name="names"/> gets another value, or somebody may give it one.</summary>
    private static bool Writes(SyntaxNode node, HashSet<string> names) =>
        WrittenPlace.Of(node)?.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => names.Contains(name.Identifier.ValueText)) == true;
}
