using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A <c>finally</c> releases the block that its <c>try</c> returns: whoever calls gets what is gone. Only when something
/// throws is the block to be released there.
/// </summary>
internal sealed class ReleaseOnFailure : Repair
{
    public override string Name => "OnFailure";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        // What was rented is not handed out: a copy is.
        if (site.Finding.Property(FixData.LifetimeKey) != "process" || site.NodeAt<ExpressionSyntax>(site.Finding.Span) is not { } use || OwnedBlock.Find(site) is not { Owner: not null } block
            || GuardOf(use) is not { Finally: { } clause } existing
            || clause.Block.Statements.Count == 0 || !site.Layout.StartsLine(clause.Block.Statements.Last().SpanStart) || !site.Layout.StartsLine(clause.Block.CloseBraceToken.SpanStart)
            || clause.Block.Statements.Any(statement => statement is not ExpressionStatementSyntax || !site.Finding.PlacesOf(FixData.Release).Any(release => statement.Span.Contains(release)) && !ReleaseCall.IsClearing(block, statement))
            || !(existing.Span.Contains(use.Span) ? ReturnsAlways(site, block, existing) : NeverReturns(site, existing)))
        {
            yield break;
        }

        var edits = new TextEdits();
        edits.Replace(clause.FinallyKeyword.Span, "catch");
        var last = clause.Block.Statements.Last();
        edits.Insert(site.Layout.NextLine(last.Span.End), site.Layout.IndentAt(last.SpanStart) + "throw;" + site.Layout.NewLine);
        yield return Plan.Of($"Release '{block.OwnerText}' only when something throws", edits);
    }

    /// <summary>The <c>try</c> around the return, or right before it.</summary>
    private static TryStatementSyntax? GuardOf(ExpressionSyntax use) =>
        use.Ancestors().OfType<TryStatementSyntax>().FirstOrDefault(guard => guard is { Catches.Count: 0, Finally: not null } && guard.Block.Span.Contains(use.Span))
        ?? (use.FirstAncestorOrSelf<StatementSyntax>() is ReturnStatementSyntax { Parent: BlockSyntax list } exit && list.Statements.IndexOf(exit) is > 0 and var index ? list.Statements[index - 1] as TryStatementSyntax is { Catches.Count: 0 } before ? before : null : null);

    /// <summary>Every way out of the <c>try</c> that does not throw goes on behind it.</summary>
    private static bool NeverReturns(FixSite site, TryStatementSyntax guard) => site.Model.AnalyzeControlFlow(guard.Block) is { Succeeded: true, ExitPoints.IsEmpty: true, EndPointIsReachable: true };

    /// <summary>The block, or an object that is made of it.</summary>
    private static bool IsBlock(OwnedBlock block, ExpressionSyntax value) =>
        block.References(value).Any(name => name == value)
        || (value is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: var arguments } && arguments.Any(argument => argument.RefKindKeyword.RawKind == 0 && block.References(OwnedBlock.Bare(argument.Expression)).Contains(OwnedBlock.Bare(argument.Expression))));

    /// <summary>Every way out of the <c>try</c> that does not throw returns the block.</summary>
    private static bool ReturnsAlways(FixSite site, OwnedBlock block, TryStatementSyntax guard)
    {
        var returns = guard.Block.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>().ToList();
        return returns.TrueForAll(exit => exit.Expression is { } value && IsBlock(block, OwnedBlock.Bare(value)))
            && site.Model.AnalyzeControlFlow(guard.Block) is { Succeeded: true, EndPointIsReachable: false } flow && flow.ExitPoints.All(exit => exit.IsKind(SyntaxKind.ReturnStatement));
    }
}
