using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A variable that is empty at first gets its block in one of the turns of a loop, or in a state of a machine, and may
/// still hold it when the loop is left, whichever way: one release in a <c>finally</c> around the loop does for all.
/// </summary>
internal sealed class ReleaseAtScopeEnd : Repair
{
    public override string Name => "AtScopeEnd";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody || OwnedBlock.Find(site) is not { IsWholeStatement: true, Owner: ILocalSymbol { IsRef: false, IsUsing: false }, Statement: ExpressionStatementSyntax statement, Declaration: VariableDeclaratorSyntax { Initializer.Value: { } initial, Parent.Parent: LocalDeclarationStatementSyntax declaration } } block || !ReleaseCall.IsNothing(initial)
            || StatementList.Around(declaration.Parent is GlobalStatementSyntax ? declaration.Parent : declaration).FirstOrDefault() is not { } list || !IsRepeated(statement, list) || block.References(list.Container).Any(name => name.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 }))
        {
            yield break;
        }

        var releases = site.Finding.PlacesOf(FixData.Release).Distinct().Select(place => ReleaseCall.At(site, block, place)).ToList();
        var unit = site.Layout.UnitAt(list.Container);
        if (releases.Contains(null) || ReleaseText.Lines(block, declaration.Span.End, list.Container, mayBeNothing: true, unit) is not { } lines)
        {
            yield break;
        }

        if (releases.TrueForAll(release => release!.ClearingAfter(block, release.Whole) is not null) && ExitOf(site, list) is { } exit)
        {
            // Wherever it is released it is cleared: what the variable still holds behind the loop is one that nobody has.
            var before = new TextEdits();
            yield return ReleaseBeforeExit.Release(block, before, exit, lines) ? Plan.Of($"Release '{block.OwnerText}' before the exit", before) : null;
        }

        var start = list.Statements.Where(other => other.SpanStart > declaration.SpanStart).Select(list.IndexOf).First(i => block.References(list.Statements[i]).Any());
        var edits = new TryFinallyEdits(site, list, start);
        StatementRemoval.Remove(site, edits.Edits, [.. releases.Select(release => release!.Whole), .. BehindLoop(site, block, list, releases)]);
        yield return edits.Guard(list.CountWithoutTrailingFunctions(), reuse: false, lines, []) ? Plan.Of($"Release '{block.OwnerText}' in a finally block around the loop", edits.Edits) is { } plan ? plan with { IsFirstStep = true } : null : null;
    }

    /// <summary>The end of the list, when that is the exit of the finding.</summary>
    private static SyntaxNode? ExitOf(FixSite site, StatementList list) => list.Statements.Last() switch
    {
        ReturnStatementSyntax exit => site.Finding.PlacesOf(FixData.Exit).Any(place => exit.Span.Contains(place.Start)) ? exit : null,
        ThrowStatementSyntax => null,
        _ => list.Container is BlockSyntax home && site.Finding.PlacesOf(FixData.Exit).Any(place => home.CloseBraceToken.Span.Contains(place.Start)) ? home : null,
    };

    /// <summary>What releases the block behind the loop under a condition of its own, though the analysis never comes to it.</summary>
    private static IEnumerable<StatementSyntax> BehindLoop(FixSite site, OwnedBlock block, StatementList list, List<ReleaseCall?> known) =>
        list.Statements.OfType<IfStatementSyntax>().Where(test => test.Else is null && (test.Statement is BlockSyntax { Statements: { Count: 1 } only } ? only[0] : test.Statement) is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } release
            && !known.Exists(other => other!.Whole == test || other.Statement == release) && ("." + call.Expression).EndsWith("." + site.ReleaseTemplate.Split('(')[0].Split('.').Last(), StringComparison.Ordinal) && call.ArgumentList.Arguments.Count == 1 && block.References(call).Any() && StatementRemoval.IsSilent(site, test.Condition));

    /// <summary>The allocation stands in a loop of the list.</summary>
    private static bool IsRepeated(StatementSyntax allocation, StatementList list) =>
        allocation.Ancestors().TakeWhile(node => node != list.Container).Any(node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax);
}
