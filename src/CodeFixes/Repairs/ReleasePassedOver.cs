using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A loop that is to release the elements of a table passes over some, or comes when some have been taken out: each is
/// released, where it is passed over, or in a loop of its own.
/// </summary>
internal sealed class ReleasePassedOver : Repair
{
    public override string Name => "PassedOver";

    public override bool FitsWhereNoReleaseDoes => true;

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonLeftOut || site.Finding.PlacesOf(FixData.Exit).Select(place => site.NodeAt<InvocationExpressionSyntax>(place)).FirstOrDefault() is not { Parent: ExpressionStatementSyntax release } call
            || release.Ancestors().TakeWhile(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax)).FirstOrDefault(IsLoop) is not StatementSyntax loop || ElementOf(loop, call) is not var (element, table) || !site.Layout.StartsLine(loop.SpanStart))
        {
            yield break;
        }

        var inner = release.Ancestors().TakeWhile(node => node != loop).OfType<BlockSyntax>().LastOrDefault();
        if (inner is not null && inner.Parent == loop)
        {
            yield return ReleaseUnasked.Plan(site, inner, release, element);
            if (release.Parent == inner)
            {
                yield return BeforeJumps(site, inner, release, loop);
                yield return InOwnLoop(site, inner, release, loop);
            }
        }

        if (StatementList.Around(loop).FirstOrDefault() is { } list)
        {
            yield return ClearBehind(site, list, loop, table);
            yield return BeforeTaking(site, release, loop, element, table);
        }
    }

    private static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    /// <summary>The element as the release names it, and the table.</summary>
    private static (string Element, string Table)? ElementOf(StatementSyntax loop, InvocationExpressionSyntax release)
    {
        if (loop is ForEachStatementSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Values", Expression: IdentifierNameSyntax } } each)
        {
            return (each.Identifier.Text, each.Expression is MemberAccessExpressionSyntax { Expression: var map } ? map.ToString() : each.Expression.ToString());
        }

        return loop is ForStatementSyntax && release.DescendantNodes().OfType<ElementAccessExpressionSyntax>().FirstOrDefault() is { Expression: IdentifierNameSyntax table } element ? (element.ToString(), table.ToString()) : null;
    }

    /// <summary>The ways that go on with the next element release this one before.</summary>
    private static Plan? BeforeJumps(FixSite site, BlockSyntax body, StatementSyntax release, StatementSyntax loop)
    {
        var jumps = JumpsOf(body, release, loop);
        var edits = new TextEdits();
        return jumps.Count > 0 && jumps.TrueForAll(jump => jump is ContinueStatementSyntax && Before(site, edits, jump, release.ToString()))
            ? Plan.Of(jumps.Count == 1 ? "Release the element that is passed over" : "Release the elements that are passed over", edits) : null;
    }

    private static bool Before(FixSite site, TextEdits edits, StatementSyntax jump, string release)
    {
        if (jump.Parent is BlockSyntax or SwitchSectionSyntax)
        {
            edits.Insert(jump.SpanStart, release + (site.Layout.StartsLine(jump.SpanStart) ? site.Layout.NewLine + site.Layout.IndentAt(jump.SpanStart) : " "));
            return true;
        }

        return EmbeddedStatement.Is(jump) && EmbeddedStatement.Replace(site, edits, jump, [release, jump.ToString()]);
    }

    /// <summary>The loop stops before it has seen all: another one behind it releases.</summary>
    private static Plan? InOwnLoop(FixSite site, BlockSyntax body, StatementSyntax release, StatementSyntax loop)
    {
        if (body.Statements.Count < 2 || JumpsOf(body, release, loop).Count == 0 || release.ToString().Contains('\n') || !site.Layout.EndsLine(loop)
            || loop.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(node => node is ReturnStatementSyntax or GotoStatementSyntax or YieldStatementSyntax or AwaitExpressionSyntax))
        {
            return null;
        }

        var head = site.Text.ToString(TextSpan.FromBounds(loop.SpanStart, body.OpenBraceToken.GetPreviousToken().Span.End));
        var indent = site.Layout.IndentAt(loop.SpanStart);
        var written = (release + release.GetTrailingTrivia().ToFullString()).TrimEnd();
        var edits = new TextEdits();
        StatementRemoval.Remove(site, edits, release);
        edits.Insert(site.Layout.NextLine(loop.Span.End), site.Layout.NewLine + site.Layout.Indented(site.Layout.Styled([head, "{", site.Layout.UnitAt(body) + written, "}"], loop), indent));
        return Plan.Of("Release all elements in a loop of their own", edits);
    }

    /// <summary>What goes on with the next turn, or ends the loop, before the release.</summary>
    private static List<StatementSyntax> JumpsOf(BlockSyntax body, StatementSyntax release, StatementSyntax loop) =>
        body.Statements.TakeWhile(statement => statement != release).SelectMany(statement => statement.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))).OfType<StatementSyntax>()
            .Where(jump => jump is ContinueStatementSyntax or BreakStatementSyntax && jump.Ancestors().First(outer => IsLoop(outer) || jump is BreakStatementSyntax && outer is SwitchStatementSyntax) == loop).ToList();

    /// <summary><c>blocks.Clear();</c> stands before the loop: it comes behind it.</summary>
    private static Plan? ClearBehind(FixSite site, StatementList list, StatementSyntax loop, string table)
    {
        var index = list.IndexOf(loop);
        var clears = list.Statements.Take(index).Where(statement => statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Clear", Expression: IdentifierNameSyntax cleared } } } && cleared.Identifier.ValueText == table).ToList();
        if (clears.Count == 0 || list.Statements.Take(index).Any(statement => statement.SpanStart > clears[0].Span.End && !clears.Contains(statement) && Mentions(statement, table)) || !site.Layout.StartsLine(clears[0].SpanStart) || !site.Layout.EndsLine(loop))
        {
            return null;
        }

        var edits = new TextEdits();
        foreach (var clear in clears)
        {
            StatementRemoval.Remove(site, edits, clear);
        }

        edits.Insert(site.Layout.NextLine(loop.Span.End), site.Layout.NewLine + site.Layout.IndentAt(loop.SpanStart) + clears[0] + site.Layout.NewLine);
        return Plan.Of($"Clear '{table}' when its elements are released", edits);
    }

    /// <summary>What is taken out before the loop is released where it is taken out.</summary>
    private static Plan? BeforeTaking(FixSite site, ExpressionStatementSyntax release, StatementSyntax loop, string element, string table)
    {
        var edits = new TextEdits();
        var body = loop.Ancestors().First(node => node is BlockSyntax or CompilationUnitSyntax && node.Parent is not StatementSyntax and not ElseClauseSyntax);
        foreach (var call in body.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<InvocationExpressionSyntax>().Where(call => call.SpanStart < loop.SpanStart))
        {
            if (call is not { Parent: ExpressionStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax } statement, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: IdentifierNameSyntax from } } || from.Identifier.ValueText != table || !site.Layout.StartsLine(statement.SpanStart))
            {
                continue;
            }

            var arguments = call.ArgumentList.Arguments;
            if (name == "RemoveAt" && arguments.Count == 1 && arguments[0].Expression.DescendantNodesAndSelf().All(node => node is IdentifierNameSyntax or LiteralExpressionSyntax or MemberAccessExpressionSyntax or BinaryExpressionSyntax))
            {
                edits.Insert(statement.SpanStart, Of($"{table}[{arguments[0]}]") + site.Layout.NewLine + site.Layout.IndentAt(statement.SpanStart));
            }
            else if (name is "Dequeue" or "Pop" && arguments.Count == 0)
            {
                edits.Replace(statement.Span, Of(call.ToString()));
            }
            else if (name is "RemoveFirst" or "RemoveLast" && arguments.Count == 0)
            {
                edits.Insert(statement.SpanStart, Of($"{table}.{name.Substring("Remove".Length)}!.Value") + site.Layout.NewLine + site.Layout.IndentAt(statement.SpanStart));
            }
        }

        return edits.IsEmpty ? null : Plan.Of("Release what is taken out", edits);

        // The release with another element.
        string Of(string other) => string.Concat(release.DescendantTokens().Select(token => token.ToFullString())).Trim() is var text && element.Contains('[') ? text.Replace(element, other)
            : release.ReplaceNodes(release.DescendantNodes().OfType<IdentifierNameSyntax>().Where(node => node.Identifier.Text == element), (node, _) => SyntaxFactory.ParseExpression(other).WithTriviaFrom(node)).ToString();
    }

    private static bool Mentions(SyntaxNode node, string name) => node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(other => other.Identifier.ValueText == name);
}
