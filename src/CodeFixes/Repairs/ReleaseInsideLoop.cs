using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>The condition of a loop allocates, <c>while (Read(p = Alloc(n)) > 3)</c>, and the block is released behind the loop: each turn releases the one that it begins with.</summary>
internal sealed class ReleaseInsideLoop : Repair
{
    public override string Name => "InsideLoop";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody || OwnedBlock.Find(site) is not { Owner: ILocalSymbol { IsRef: false, IsUsing: false }, Statement: WhileStatementSyntax { Statement: BlockSyntax body } loop } block || !loop.Condition.Span.Contains(block.Allocation.Span)
            || body.Statements.Count == 0 || site.Finding.PlacesOf(FixData.Release).Any(body.Span.Contains) || !site.Layout.StartsLine(body.CloseBraceToken.SpanStart) || !site.Layout.StartsLine(body.Statements[0].SpanStart)
            || ReleaseText.Lines(block, body.SpanStart + 1, body, mayBeNothing: false, site.Layout.UnitAt(body)) is not { } lines)
        {
            yield break;
        }

        var isUsed = block.References(body).Any();
        if (isUsed && body.DescendantNodes().Any(node => node is ContinueStatementSyntax or BreakStatementSyntax or ReturnStatementSyntax or GotoStatementSyntax))
        {
            yield break;
        }

        var edits = new TextEdits();
        edits.Insert(site.Layout.LineStart(isUsed ? body.CloseBraceToken.SpanStart : body.Statements[0].SpanStart), site.Layout.Indented(lines, site.Layout.IndentAt(body.Statements[0].SpanStart)));
        yield return Plan.Of($"Release '{block.OwnerText}' in each turn", edits);
    }
}
