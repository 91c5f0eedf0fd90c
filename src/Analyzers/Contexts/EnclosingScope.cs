using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Contexts;

/// <summary>Finds the request scope that a <c>using</c> keeps open around a place.</summary>
internal static class EnclosingScope
{
    /// <summary>
    /// What <paramref name="outer"/> keeps open around its child <paramref name="inner"/>: the body of a <c>using</c>
    /// statement, or a <c>using</c> declaration earlier in the same block.
    /// </summary>
    /// <returns>The kind of scope and the line on which it begins.</returns>
    public static (RequestScopeCall Kind, int Line) Between(SyntaxNode inner, SyntaxNode outer, SemanticModel model, CancellationToken cancellationToken)
    {
        switch (outer)
        {
            case UsingStatementSyntax @using when inner == @using.Statement:
                return Begun((SyntaxNode?)@using.Expression ?? @using.Declaration, model, cancellationToken);
            case BlockSyntax or SwitchSectionSyntax or CompilationUnitSyntax when inner is StatementSyntax or GlobalStatementSyntax:
                (RequestScopeCall Kind, int Line) last = default;
                foreach (SyntaxNode sibling in outer.ChildNodes())
                {
                    if (sibling == inner)
                    {
                        break;
                    }

                    SyntaxNode statement = sibling is GlobalStatementSyntax global ? global.Statement : sibling;
                    if (statement is LocalDeclarationStatementSyntax declaration && declaration.UsingKeyword.IsKind(SyntaxKind.UsingKeyword) &&
                        Begun(declaration.Declaration, model, cancellationToken) is { Kind: not RequestScopeCall.None } begun)
                    {
                        last = begun;
                    }
                }

                return last;
            default:
                return default;
        }
    }

    private static (RequestScopeCall Kind, int Line) Begun(SyntaxNode? resource, SemanticModel model, CancellationToken cancellationToken)
    {
        if (resource is null)
        {
            return default;
        }

        foreach (SyntaxNode node in resource.DescendantNodesAndSelf())
        {
            if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Begin" or "BeginPersistent" } or IdentifierNameSyntax { Identifier.ValueText: "Begin" or "BeginPersistent" } } call &&
                RequestScopeCalls.Of(model.GetSymbolInfo(call, cancellationToken).Symbol as IMethodSymbol) is var kind and not RequestScopeCall.None)
            {
                return (kind, call.SyntaxTree.GetLineSpan(call.Span, cancellationToken).StartLinePosition.Line + 1);
            }
        }

        return default;
    }
}
