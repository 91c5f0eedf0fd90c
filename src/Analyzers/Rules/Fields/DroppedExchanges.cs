using LifetimeAnalyzers.Candidates;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>A field is given another value by a call, and nobody gets what it held: <c>Interlocked.Exchange(ref _current, next);</c>, <c>Volatile.Write(ref _current, next);</c>.</summary>
internal static class DroppedExchanges
{
    /// <summary>What is given another value by the call and what it is given; null when it is another call, or somebody looks at what it gives.</summary>
    public static (ExpressionSyntax Target, ExpressionSyntax Value)? Of(SyntaxNode node) =>
        node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var type, Name.Identifier.ValueText: var name }, ArgumentList.Arguments: { Count: 2 } arguments } call &&
        (TypeShapes.NameOf(type as TypeSyntax) ?? (type as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText, name) is ("Interlocked", "Exchange") or ("Volatile", "Write") &&
        arguments[0] is { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword, Expression: var target } && IsDropped(call)
            ? (target, arguments[1].Expression)
            : null;

    private static bool IsDropped(InvocationExpressionSyntax call) => call.Parent switch
    {
        ExpressionStatementSyntax => true,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax } => true,
        ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } } } => true,
        _ => false,
    };
}
