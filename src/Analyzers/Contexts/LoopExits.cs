using LifetimeAnalyzers.Contexts.Tables;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Contexts;

/// <summary>Tells whether a loop can be left other than because a token is cancelled or an exception is thrown.</summary>
internal static class LoopExits
{
    private static readonly string[] s_endingExceptions =
        ["OperationCanceledException", "TaskCanceledException", "ThreadAbortException", "ThreadInterruptedException", "ObjectDisposedException", "ChannelClosedException"];

    /// <summary>Whether some <c>break</c>, <c>return</c> or <c>goto</c> leaves the loop while its token is not cancelled.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="model">The model of its tree.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public static bool EndByItself(StatementSyntax loop, SemanticModel model, CancellationToken cancellationToken)
    {
        foreach (SyntaxNode node in WithoutFunctions(loop))
        {
            bool exit = node switch
            {
                BreakStatementSyntax => BreaksFrom(node) == loop,
                ReturnStatementSyntax => true,
                YieldStatementSyntax yield => yield.IsKind(SyntaxKind.YieldBreakStatement),
                GotoStatementSyntax jump => jump.IsKind(SyntaxKind.GotoStatement) && !LabelInside(jump, loop),
                _ => false,
            };
            if (exit && !BecauseOfToken(node, loop, model, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a loop is there to find something, although it waits where an endless loop would: it returns a result, or
    /// stops at the end of a message.
    /// </summary>
    /// <param name="loop">The loop.</param>
    /// <param name="model">The model of its tree.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public static bool GiveResult(StatementSyntax loop, SemanticModel model, CancellationToken cancellationToken)
    {
        foreach (SyntaxNode node in WithoutFunctions(loop))
        {
            bool result = node switch
            {
                ReturnStatementSyntax { Expression: { } value } =>
                    value is not (LiteralExpressionSyntax or DefaultExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" }) &&
                    !BecauseOfToken(node, loop, model, cancellationToken),
                MemberAccessExpressionSyntax { Name.Identifier.ValueText: "EndOfMessage" } =>
                    node.FirstAncestorOrSelf<IfStatementSyntax>() is { } guard && guard.Condition.Span.Contains(node.Span) &&
                    guard.Statement.DescendantNodesAndSelf().Any(exit => exit is BreakStatementSyntax && BreaksFrom(exit) == loop),
                _ => false,
            };
            if (result)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The nodes of a loop or body that run with it: not those of lambdas and local functions.</summary>
    public static IEnumerable<SyntaxNode> WithoutFunctions(SyntaxNode body) =>
        body.DescendantNodes(node => node == body || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    private static SyntaxNode? BreaksFrom(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(ancestor => ancestor is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or SwitchStatementSyntax);

    private static bool LabelInside(GotoStatementSyntax jump, StatementSyntax loop) =>
        jump.Expression is IdentifierNameSyntax label &&
        WithoutFunctions(loop).Any(node => node is LabeledStatementSyntax labeled && labeled.Identifier.ValueText == label.Identifier.ValueText);

    private static bool BecauseOfToken(SyntaxNode exit, StatementSyntax loop, SemanticModel model, CancellationToken cancellationToken)
    {
        SyntaxNode child = exit;
        for (SyntaxNode? node = exit.Parent; node is not null && node != loop; child = node, node = node.Parent)
        {
            switch (node)
            {
                case IfStatementSyntax branch when child == branch.Statement && (LoopConditions.IsCancelled(branch.Condition, model, cancellationToken) || SourceIsExhausted(branch.Condition, model, cancellationToken)):
                case CatchClauseSyntax { Filter: { } filter } when LoopConditions.IsCancelled(filter.FilterExpression, model, cancellationToken):
                case CatchClauseSyntax { Declaration.Type: { } type } when Array.IndexOf(s_endingExceptions, LastName(type)) >= 0:
                    return true;
            }
        }

        return false;
    }

    /// <summary><c>if (!await reader.WaitToReadAsync())</c>: what the loop waits for will never come again.</summary>
    private static bool SourceIsExhausted(ExpressionSyntax condition, SemanticModel model, CancellationToken cancellationToken) =>
        condition is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: { } awaited } &&
        PersistentLoops.Sign(awaited, LoopPart.Condition, model, cancellationToken) is not null;

    private static string LastName(TypeSyntax type) => type switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        _ => "",
    };
}
