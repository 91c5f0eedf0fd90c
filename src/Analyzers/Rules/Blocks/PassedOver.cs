using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>
/// Blocks that a loop has put into an array or collection of the body, and that the only loop which releases elements passes over:
/// because something in them says so (<c>if (Read(block) == 0) continue;</c>), or because they have been taken out before
/// (<c>blocks.Clear();</c>). Conditions that may say whether there is a block at all are none of these.
/// </summary>
internal static class PassedOver
{
    private static readonly HashSet<string> s_droppings = new(MemberNames.Removals.Concat(["Pop", "Dequeue"]), StringComparer.Ordinal);

    /// <summary>What lets an element go by, in the words of a message; null when nothing is known to.</summary>
    /// <param name="block">The block that stands for what the loop puts in.</param>
    /// <param name="release">The only thing that the body does to an element.</param>
    public static string? By(Block block, IInvocationOperation release)
    {
        var site = block.Site!.Syntax;
        if (release.Syntax.SyntaxTree != site.SyntaxTree || ElementOf(release) is not { } element || LoopAround(release.Syntax) is not { } loop || loop.Span.Contains(site.Span) || loop.SpanStart < site.SpanStart || !Loops.AreAround(site) ||
            TableOf(element, loop) is not { } table || release.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member || !IsLocal(table, member))
        {
            return null;
        }

        SyntaxNode? dropping = null;
        foreach (var mention in member.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == table))
        {
            if (IsDropping(mention) && mention.SpanStart > site.SpanStart && mention.Span.End < loop.SpanStart && !IsAroundSite(mention, site))
            {
                dropping = dropping is null ? mention.Parent!.Parent : null;
            }
            else if (!IsFilling(mention, site) && !IsOnlySeen(mention, loop))
            {
                return null;
            }
        }

        return dropping is not null ? Wording.TakenOut(dropping)
            : Condition(element, release.Syntax, loop) is { } condition ? Wording.PassesOver(release, condition)
            : null;
    }

    /// <summary>The name of what is released, or the element <c>blocks[i]</c> itself.</summary>
    private static ExpressionSyntax? ElementOf(IInvocationOperation release) => release.Syntax is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } ? Bare(arguments[0].Expression) : null;

    private static ExpressionSyntax? Bare(ExpressionSyntax expression)
    {
        while (expression is CastExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            expression = expression is CastExpressionSyntax cast ? cast.Expression : ((ParenthesizedExpressionSyntax)expression).Expression;
        }

        return expression is IdentifierNameSyntax or ElementAccessExpressionSyntax { Expression: IdentifierNameSyntax } ? expression : null;
    }

    private static StatementSyntax? LoopAround(SyntaxNode release)
    {
        foreach (var outer in release.Ancestors())
        {
            if (outer is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax or TryStatementSyntax)
            {
                return null;
            }

            if (Loops.Is(outer))
            {
                return (StatementSyntax)outer;
            }
        }

        return null;
    }

    /// <summary>The array or collection that the loop goes through: <c>foreach (var block in blocks)</c>, <c>blocks[i]</c>, <c>var block = blocks[i];</c>.</summary>
    private static string? TableOf(ExpressionSyntax element, StatementSyntax loop) => (element, loop) switch
    {
        (IdentifierNameSyntax name, ForEachStatementSyntax { Expression: IdentifierNameSyntax table } each) when each.Identifier.ValueText == name.Identifier.ValueText => table.Identifier.ValueText,
        (ElementAccessExpressionSyntax { Expression: IdentifierNameSyntax table }, ForStatementSyntax) => table.Identifier.ValueText,
        (IdentifierNameSyntax name, ForStatementSyntax { Statement: BlockSyntax { Statements: { Count: > 0 } statements } }) when statements[0] is LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } declared } && declared[0].Identifier.ValueText == name.Identifier.ValueText &&
            declared[0].Initializer?.Value is ElementAccessExpressionSyntax { Expression: IdentifierNameSyntax table } => table.Identifier.ValueText,
        _ => null,
    };

    private static bool IsLocal(string name, MemberDeclarationSyntax member) =>
        member.DescendantNodes().Any(node => node is VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } declared && declared.Identifier.ValueText == name);

    private static bool IsDropping(IdentifierNameSyntax mention) =>
        mention.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax } } access && access.Expression == mention && s_droppings.Contains(access.Name.Identifier.ValueText);

    private static bool IsAroundSite(SyntaxNode mention, SyntaxNode site) => mention.Ancestors().Any(outer => Loops.Is(outer) && outer.Span.Contains(site.Span));

    /// <summary><c>blocks.Add(Allocate(n))</c>, <c>blocks[i] = Allocate(n)</c>, or the same with a variable, in the loop that allocates.</summary>
    private static bool IsFilling(IdentifierNameSyntax mention, SyntaxNode site) =>
        IsAroundSite(mention, site) && ((mention.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access && MemberNames.Additions.Contains(access.Name.Identifier.ValueText)) || mention.Parent is ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax } || IsSize(mention));

    private static bool IsSize(IdentifierNameSyntax mention) => mention.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "Count" };

    private static bool IsOnlySeen(IdentifierNameSyntax mention, StatementSyntax loop) =>
        IsSize(mention) || (loop.Span.Contains(mention.Span) && (mention.Parent == loop || (mention.Parent is ElementAccessExpressionSyntax element && element.Parent is not AssignmentExpressionSyntax)));

    /// <summary>The condition in the loop, about what lies in the element, that keeps the release from it.</summary>
    private static ExpressionSyntax? Condition(ExpressionSyntax element, SyntaxNode release, StatementSyntax loop)
    {
        for (var node = release; node != loop && node.Parent is { } parent; node = parent)
        {
            if (parent is IfStatementSyntax chosen && chosen.Statement == node)
            {
                return ReadsThrough(chosen.Condition, element) ? chosen.Condition : null;
            }

            if (parent is not (ExpressionStatementSyntax or BlockSyntax) && parent != loop)
            {
                return null;
            }

            if (parent is BlockSyntax block && node is StatementSyntax statement)
            {
                foreach (var before in block.Statements.Take(block.Statements.IndexOf(statement)))
                {
                    if (before is IfStatementSyntax { Else: null, Statement: var leaves, Condition: var condition } && (leaves as BlockSyntax)?.Statements.LastOrDefault() is var last && (last ?? leaves) is ContinueStatementSyntax or BreakStatementSyntax && ReadsThrough(condition, element))
                    {
                        return condition;
                    }
                }
            }
        }

        return null;
    }

    /// <summary>The condition asks what lies in the block: there is one.</summary>
    private static bool ReadsThrough(ExpressionSyntax condition, ExpressionSyntax element)
    {
        return condition.DescendantNodesAndSelf().Any(node => node switch
        {
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression, Operand: var pointer } => IsElement(pointer),
            ElementAccessExpressionSyntax { Expression: var pointer } => IsElement(pointer),
            MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression, Expression: var pointer } => IsElement(pointer),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Marshal" } } or IdentifierNameSyntax, ArgumentList.Arguments: { Count: > 0 } arguments } => IsElement(arguments[0].Expression),
            _ => false,
        });

        bool IsElement(ExpressionSyntax expression) => Bare(expression) is { } bare && SyntaxFactory.AreEquivalent(bare, element);
    }
}
