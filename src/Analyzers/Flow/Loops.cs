using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow;

/// <summary>Code that runs once for each round of a loop of its member.</summary>
internal static class Loops
{
    /// <summary>Whether a loop, or a label that code may go back to, is around the node.</summary>
    public static bool AreAround(SyntaxNode node) =>
        node.Ancestors().TakeWhile(static outer => outer is not MemberDeclarationSyntax).Any(static outer => Is(outer) || outer is LabeledStatementSyntax);

    /// <summary>Whether the node is a loop.</summary>
    public static bool Is(SyntaxNode node) => node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax;
}
