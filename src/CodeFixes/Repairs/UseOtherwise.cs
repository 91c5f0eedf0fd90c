using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A block is released under a condition and put away right behind it, whatever the condition says,
/// <c>if (idle.Count >= 8) Free(block); idle.Push(block);</c>: what is released is not put away.
/// </summary>
internal sealed class UseOtherwise : Repair
{
    public override string Name => "Otherwise";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.PlacesOf(FixData.Release).Where(place => place != site.Finding.Span).Distinct().ToList() is not { Count: 1 } releases
            || site.NodeAt<ExpressionSyntax>(releases[0])?.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax release
            || (release.Parent is BlockSyntax { Statements.Count: 1 } only ? only.Parent : release.Parent) is not IfStatementSyntax { Else: null, Parent: { } around } test || around is not (BlockSyntax or SwitchSectionSyntax)
            || StatementList.Of(around) is not { } list || list.IndexOf(test) is var index && index + 1 >= list.Statements.Count
            || list.Statements[index + 1] is not ExpressionStatementSyntax use || !use.Span.Contains(site.Finding.Span) || !PutsAway(site, list, use, release)
            || !site.Layout.StartsLine(test.SpanStart) || !site.Layout.StartsLine(use.SpanStart) || !site.Layout.EndsLine(test.Span.End) || HasComments(site, test, use))
        {
            yield break;
        }

        // The branch that puts away is written like the one that releases.
        var unit = site.Layout.UnitAt(test);
        var lines = site.Layout.Styled(test.Statement is BlockSyntax ? ["else", "{", unit + use, "}"] : ["else", unit + use], use);
        var indent = site.Layout.IndentAt(test.SpanStart);
        var edits = new TextEdits();
        edits.Replace(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(test.Span.End, use.Span.End), test.Statement is BlockSyntax && site.Layout.BraceEndsLine(test)
            ? " " + string.Join(site.Layout.NewLine + indent, lines)
            : site.Layout.NewLine + indent + string.Join(site.Layout.NewLine + indent, lines));
        yield return Plan.Of("Put away only what is not released", edits);
    }

    private static bool PutsAway(FixSite site, StatementList list, StatementSyntax use, ExpressionStatementSyntax release)
    {
        var names = new HashSet<string>(release.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol or IParameterSymbol).Select(name => name.Identifier.ValueText), StringComparer.Ordinal);
        return use.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => names.Contains(name.Identifier.ValueText) && GuardedRegion.IsPutAway(site, name, list.Container));
    }

    private static bool HasComments(FixSite site, StatementSyntax test, StatementSyntax use) =>
        site.Root.DescendantTrivia(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(test.Span.End, use.SpanStart)).Any(trivia => !string.IsNullOrWhiteSpace(trivia.ToString()));
}
