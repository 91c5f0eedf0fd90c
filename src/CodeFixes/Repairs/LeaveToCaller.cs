using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A block is released and returned: with what the caller gets nothing can be done. It is not released, or the flag is set
/// that keeps a <c>finally</c> from it.
/// </summary>
internal sealed class LeaveToCaller : Repair
{
    public override string Name => "LeaveToCaller";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        // What was rented is not handed out, a copy is: unless it gives itself back.
        if (OwnedBlock.Find(site) is not { Owner: not null } block || site.Finding.Property(FixData.LifetimeKey) != "process" && !HandOutUndisposed.IsDisposable(block.OwnerType)
            || site.NodeAt<ExpressionSyntax>(site.Finding.Span)?.FirstAncestorOrSelf<StatementSyntax>() is not ReturnStatementSyntax { Expression: { } value } exit || !block.References(OwnedBlock.Bare(value)).Contains(OwnedBlock.Bare(value))
            || site.Finding.PlacesOf(FixData.Release).Distinct().ToList() is not { Count: 1 } spans || ReleaseCall.At(site, block, spans[0]) is not { } release)
        {
            yield break;
        }

        var edits = new TextEdits();
        if (release.Statement.FirstAncestorOrSelf<FinallyClauseSyntax>() is not { } clause)
        {
            StatementRemoval.Remove(site, edits, release.ClearingAfter(block, release.Whole) is { } clearing ? [release.Whole, clearing] : [release.Whole]);
            yield return Plan.Of($"Leave '{block.OwnerText}' to the caller", edits);
        }
        else if (FlagOf(release.Statement, clause) is { } flag && site.Layout.StartsLine(exit.SpanStart) && exit.Parent is BlockSyntax)
        {
            edits.Insert(site.Layout.LineStart(exit.SpanStart), site.Layout.IndentAt(exit.SpanStart) + $"{flag.Name} = {flag.Value};" + site.Layout.NewLine);
            yield return Plan.Of($"Set '{flag.Name}' before the block is returned", edits);
        }
    }

    /// <summary>The local on which it depends whether the <c>finally</c> releases, and its value when it does not.</summary>
    private static (string Name, string Value)? FlagOf(StatementSyntax release, FinallyClauseSyntax clause)
    {
        var inner = release.Parent is BlockSyntax { Statements.Count: 1 } only ? only : release;
        return inner.Parent is IfStatementSyntax { Else: null, Condition: var condition } test && clause.Block.Statements.Contains(test)
            ? condition switch
            {
                PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: IdentifierNameSyntax name } => (name.Identifier.Text, "true"),
                IdentifierNameSyntax name => (name.Identifier.Text, "false"),
                _ => null,
            }
            : null;
    }
}
