using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow.Elements;

/// <summary>Code that runs once for each round of a loop of its member.</summary>
internal static class Loops
{
    /// <summary>Whether a loop, or a label that code may go back to, is around the node.</summary>
    public static bool AreAround(SyntaxNode node) =>
        node.Ancestors().TakeWhile(static outer => outer is not MemberDeclarationSyntax).Any(static outer => Is(outer) || outer is LabeledStatementSyntax);

    /// <summary>The loop that goes through the elements of a table one by one, by the index of <paramref name="element"/>; null when it is another.</summary>
    public static (ForStatementSyntax Loop, int First, ExpressionSyntax End)? CountAround(ElementAccessExpressionSyntax element) =>
        element.FirstAncestorOrSelf<StatementSyntax>(static statement => Is(statement)) is ForStatementSyntax { Declaration.Variables: { Count: 1 } declared, Incrementors: { Count: 1 } step, Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression, Left: IdentifierNameSyntax { Identifier.ValueText: var counted }, Right: var end } } loop &&
        declared[0] is { Initializer.Value: LiteralExpressionSyntax { Token.Value: int first }, Identifier.ValueText: var index } && counted == index && step[0].RawKind is (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PreIncrementExpression &&
        element.ArgumentList.Arguments is { Count: 1 } arguments && arguments[0].Expression is IdentifierNameSyntax { Identifier.ValueText: var at } && at == index
            ? (loop, first, end) : null;

    /// <summary>Whether the node is a loop.</summary>
    public static bool Is(SyntaxNode node) => node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax;
}
