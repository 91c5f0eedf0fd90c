using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Methods that never come back, as their form shows: they end by throwing, however long the message is that they make first.</summary>
internal static class ThrowHelpers
{
    /// <summary>Whether the method ends so.</summary>
    public static bool Is(IMethodSymbol method, SyntaxReference declaration) =>
        method.ReturnsVoid && declaration.GetSyntax() is BaseMethodDeclarationSyntax { Body: { } body } && Ends(body);

    private static bool Ends(StatementSyntax? statement)
    {
        while (true)
        {
            switch (statement)
            {
                case BlockSyntax { Statements: { Count: > 0 } statements }:
                    statement = statements[statements.Count - 1];
                    continue;
                case IfStatementSyntax { Else.Statement: var other, Statement: var one }:
                    // an 'else if' after another is as deep as the user made it long, and no recursion
                    if (one is BlockSyntax { Statements: { Count: > 0 } inner } ? inner[inner.Count - 1] is not ThrowStatementSyntax : one is not ThrowStatementSyntax)
                    {
                        return false;
                    }

                    statement = other;
                    continue;
                case SwitchStatementSyntax { Sections: var sections }:
                    return sections.Any(static section => section.Labels.Any(static label => label is DefaultSwitchLabelSyntax)) &&
                        sections.All(static section => (section.Statements[section.Statements.Count - 1] is BlockSyntax { Statements: { Count: > 0 } inner } ? inner[inner.Count - 1] : section.Statements[section.Statements.Count - 1]) is ThrowStatementSyntax);
                default:
                    return statement is ThrowStatementSyntax;
            }
        }
    }
}
