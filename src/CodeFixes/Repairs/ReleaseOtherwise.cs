using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A block is handed on under a condition, or offered to somebody who says whether it is taken, and nothing mentions it
/// any more: it is released in the other branch.
/// </summary>
internal sealed class ReleaseOtherwise : Repair
{
    public override string Name => "Otherwise";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonPath || OwnedBlock.Find(site) is not { Owner: ILocalSymbol { IsUsing: false, IsRef: false }, IsWholeStatement: true, Statement: LocalDeclarationStatementSyntax or ExpressionStatementSyntax } block
            || block.Declaration?.FirstAncestorOrSelf<StatementSyntax>() is not LocalDeclarationStatementSyntax { Parent: BlockSyntax body } declared || body.Statements.FirstOrDefault(outer => outer.Span.Contains(block.Statement.Span)) is not { } statement)
        {
            yield break;
        }

        var mentions = body.Statements.Where(other => other.SpanStart > statement.SpanStart && block.References(other).Any()).ToList();
        var last = site.Finding.LeavesBody ? mentions.LastOrDefault() : body.Statements.OfType<IfStatementSyntax>().LastOrDefault(other => site.Finding.PlacesOf(FixData.Exit).Contains(other.Condition.Span) && !block.References(other.Condition).Any());
        if (Innermost(block, last) is not IfStatementSyntax { Else: null } test || test.SpanStart < statement.SpanStart || !site.Layout.StartsLine(test.SpanStart) || ReleaseText.Lines(block, block.Statement.Span.End, test, mayBeNothing: false, site.Layout.UnitAt(test)) is not { } lines)
        {
            yield break;
        }

        var unit = site.Layout.UnitAt(test);
        if (block.References(test.Condition).Any())
        {
            // if (!box.TryPut(block)) { ... }
            if (test.Statement is BlockSyntax { Statements: { Count: > 0 } refused } && site.Layout.StartsLine(refused[0].SpanStart))
            {
                var within = new TextEdits();
                within.Insert(site.Layout.LineStart(refused[0].SpanStart), site.Layout.Indented(lines, site.Layout.IndentAt(refused[0].SpanStart)));
                yield return Plan.Of($"Release '{block.OwnerText}' when nobody takes it", within);
            }
        }
        else if (site.Layout.EndsLine(test.Span.End) && (test.Statement is BlockSyntax { Statements: { Count: > 0 } kept } ? kept.Last() : test.Statement) is ReturnStatementSyntax or ThrowStatementSyntax && test.Parent is BlockSyntax)
        {
            // Whoever comes behind the test has kept nothing.
            var behind = new TextEdits();
            behind.Insert(site.Layout.NextLine(test.Span.End), (test.Statement is BlockSyntax ? site.Layout.NewLine : string.Empty) + site.Layout.Indented(lines, site.Layout.IndentAt(test.SpanStart)));
            yield return Plan.Of($"Release '{block.OwnerText}' otherwise", behind);
        }
        else if (test.Statement is BlockSyntax && site.Layout.EndsLine(test.Span.End))
        {
            var edits = new TextEdits();
            var indent = site.Layout.IndentAt(test.SpanStart);
            var otherwise = site.Layout.BraceEndsLine(test) ? " else {" + site.Layout.NewLine : site.Layout.NewLine + indent + "else" + site.Layout.NewLine + indent + "{" + site.Layout.NewLine;
            edits.Insert(test.Span.End, otherwise + site.Layout.Indented(lines, indent + unit) + indent + "}");
            yield return Plan.Of($"Release '{block.OwnerText}' otherwise", edits);
        }
    }

    /// <summary>The last statement that mentions the block, within what is locked, used or checked around it.</summary>
    private static StatementSyntax? Innermost(OwnedBlock block, StatementSyntax? statement)
    {
        while (statement switch { LockStatementSyntax around => around.Statement, UsingStatementSyntax around => around.Statement, FixedStatementSyntax around => around.Statement, CheckedStatementSyntax around => around.Block, UnsafeStatementSyntax around => around.Block, BlockSyntax inner => inner, _ => null } is { } within)
        {
            statement = within is BlockSyntax list ? list.Statements.LastOrDefault(other => block.References(other).Any()) : within;
        }

        return statement;
    }
}
