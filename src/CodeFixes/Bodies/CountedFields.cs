using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>A release of the project's own counts, <c>if (--block->References == 0) Free(block);</c>: who asks for the count behind it asks for another than before it.</summary>
internal static class CountedFields
{
    /// <summary>So deep calls are followed.</summary>
    private const int MostCalls = 3;

    /// <summary>Whether the <paramref name="statements"/> ask for a field that the <paramref name="release"/> counts.</summary>
    public static bool AreAsked(FixSite site, ExpressionStatementSyntax release, IEnumerable<StatementSyntax> statements)
    {
        var counted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var call in release.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            Add(site, site.Model, call, counted, MostCalls);
        }

        return counted.Count > 0 && statements.SelectMany(statement => statement.DescendantNodes()).OfType<MemberAccessExpressionSyntax>().Any(access => counted.Contains(access.Name.Identifier.ValueText));
    }

    private static void Add(FixSite site, SemanticModel model, InvocationExpressionSyntax call, HashSet<string> counted, int depth)
    {
        if (depth == 0 || model.GetSymbolInfo(call, site.CancellationToken).Symbol is not IMethodSymbol { DeclaringSyntaxReferences: { Length: 1 } declared })
        {
            return;
        }

        var body = declared[0].GetSyntax(site.CancellationToken);
        var inner = body.SyntaxTree == model.SyntaxTree ? model : model.Compilation.GetSemanticModel(body.SyntaxTree);
        foreach (var node in body.DescendantNodes())
        {
            var target = node switch
            {
                PrefixUnaryExpressionSyntax step when step.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression => step.Operand,
                PostfixUnaryExpressionSyntax step when step.Kind() is SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression => step.Operand,
                AssignmentExpressionSyntax step when step.Kind() is SyntaxKind.AddAssignmentExpression or SyntaxKind.SubtractAssignmentExpression => step.Left,
                ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword, Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Decrement" or "Increment" or "Add" } } } argument => argument.Expression,
                _ => null,
            };
            if (target is MemberAccessExpressionSyntax access)
            {
                counted.Add(access.Name.Identifier.ValueText);
            }
            else if (target is IdentifierNameSyntax name && inner.GetSymbolInfo(name, site.CancellationToken).Symbol is IFieldSymbol)
            {
                counted.Add(name.Identifier.ValueText);
            }

            if (node is InvocationExpressionSyntax called)
            {
                Add(site, inner, called, counted, depth - 1);
            }
        }
    }
}
