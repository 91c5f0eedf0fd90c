using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>The only release stands under a test that holds when there is no block: <c>if (p == null) Free(p);</c>. The test is turned round.</summary>
internal sealed class InvertReleaseTest : Repair
{
    public override string Name => "InvertTest";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody || site.Finding.PlacesOf(FixData.Release).Any() || OwnedBlock.Find(site) is not { Owner: ILocalSymbol, Statement: { } statement } block || StatementList.Around(statement).LastOrDefault() is not { } body)
        {
            yield break;
        }

        var releases = ReleaseCall.PlacesOf(block, body, statement.SpanStart).Select(span => ReleaseCall.At(site, block, span)).ToList();
        if (releases.Count == 1 && releases[0] is { Whole: IfStatementSyntax { Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } or IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax } } test })
        {
            var edits = new TextEdits();
            edits.Replace(test.Condition.Span, test.Condition is IsPatternExpressionSyntax { Expression: var tested } pattern ? $"{tested} is not {pattern.Pattern}" : Negation.Of(site, test.Condition));
            yield return Plan.Of($"Release '{block.OwnerText}' when there is one", edits);
        }
    }
}
