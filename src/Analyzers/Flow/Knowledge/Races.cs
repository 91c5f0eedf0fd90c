using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow.Knowledge;

/// <summary><c>if (await Task.WhenAny(read, Task.Delay(500)) != read) { ... }</c>: in there, the task has not come to its end.</summary>
internal sealed class Races
{
    private readonly Dictionary<SyntaxNode, Borrower> _compared = new();

    /// <summary>A task is compared with something.</summary>
    public void Note(SyntaxNode comparison, Value left, Value right)
    {
        if ((right as Borrower ?? left as Borrower) is { StartedAt: not null } task)
        {
            _compared[comparison] = task;
        }
    }

    /// <summary>What began a task that uses <paramref name="block"/> and that another one was faster than, where <paramref name="at"/> is carried out; null when there is none.</summary>
    public IOperation? LostBy(IOperation at, Block block)
    {
        if (_compared.Count == 0)
        {
            return null;
        }

        var inner = at.Syntax;
        foreach (var node in at.Syntax.Ancestors().TakeWhile(static node => node is not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (node is IfStatementSyntax { Condition: BinaryExpressionSyntax comparison } branch && _compared.TryGetValue(comparison, out var task) && task.Blocks.Contains(block) &&
                (comparison.IsKind(SyntaxKind.NotEqualsExpression) ? branch.Statement == inner : comparison.IsKind(SyntaxKind.EqualsExpression) && branch.Else == inner) &&
                (Beaten(comparison.Left, comparison.Right) ?? Beaten(comparison.Right, comparison.Left)) is { } name &&
                !inner.DescendantNodes().OfType<IdentifierNameSyntax>().Any(mention => mention.Identifier.ValueText == name && mention.SpanStart < at.Syntax.SpanStart))
            {
                return task.StartedAt;
            }

            if (node is FinallyClauseSyntax { Parent: TryStatementSyntax guarded } && LostIn(guarded, block) is { } beaten)
            {
                return beaten;
            }

            inner = node;
        }

        return null;
    }

    /// <summary>The same of a branch that leaves a <c>try</c> whose <c>finally</c> releases, and waits for the task no longer.</summary>
    private IOperation? LostIn(TryStatementSyntax guarded, Block block)
    {
        foreach (var branch in guarded.Block.DescendantNodes().OfType<IfStatementSyntax>())
        {
            if (branch.Condition is BinaryExpressionSyntax comparison && _compared.TryGetValue(comparison, out var task) && task.Blocks.Contains(block) &&
                (comparison.IsKind(SyntaxKind.NotEqualsExpression) ? branch.Statement : comparison.IsKind(SyntaxKind.EqualsExpression) ? branch.Else?.Statement : null) is { } lost &&
                (lost is BlockSyntax { Statements: { Count: > 0 } statements } ? statements.Last() : lost) is ReturnStatementSyntax or ThrowStatementSyntax &&
                (Beaten(comparison.Left, comparison.Right) ?? Beaten(comparison.Right, comparison.Left)) is { } name && !Mentions(lost, name) && !Mentions(guarded.Finally!, name))
            {
                return task.StartedAt;
            }
        }

        return null;
    }

    private static bool Mentions(SyntaxNode code, string name) => code.DescendantNodes().OfType<IdentifierNameSyntax>().Any(mention => mention.Identifier.ValueText == name);

    /// <summary>The name of the task that <paramref name="winner"/>, the first of several, is compared with; null when it is something else.</summary>
    private static string? Beaten(ExpressionSyntax winner, ExpressionSyntax task) =>
        task is IdentifierNameSyntax { Identifier.ValueText: var name } && Race(winner) is { } race && race.ArgumentList.DescendantNodes().OfType<IdentifierNameSyntax>().Any(mention => mention.Identifier.ValueText == name) ? name : null;

    private static InvocationExpressionSyntax? Race(ExpressionSyntax winner)
    {
        while (winner is ParenthesizedExpressionSyntax parenthesized)
        {
            winner = parenthesized.Expression;
        }

        if (winner is IdentifierNameSyntax { Identifier.ValueText: var kept })
        {
            winner = winner.Ancestors().OfType<BlockSyntax>().SelectMany(static block => block.Statements.OfType<LocalDeclarationStatementSyntax>())
                .SelectMany(static declared => declared.Declaration.Variables).FirstOrDefault(variable => variable.Identifier.ValueText == kept)?.Initializer?.Value ?? winner;
        }

        var awaited = (winner as AwaitExpressionSyntax)?.Expression;
        if (awaited is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } configured })
        {
            awaited = configured.Expression;
        }

        return awaited is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WhenAny" } } race ? race : null;
    }
}
