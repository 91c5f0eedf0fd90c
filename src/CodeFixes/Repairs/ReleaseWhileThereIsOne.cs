using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Of many blocks one is taken out and released, <c>if (queue.TryDequeue(out var p)) Free(p);</c>: as long as there is one, each is.</summary>
internal sealed class ReleaseWhileThereIsOne : Repair
{
    public override string Name => "WhileThereIsOne";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody)
        {
            yield break;
        }

        var tests = site.Finding.PlacesOf(FixData.Release).Select(place => site.NodeAt<ExpressionSyntax>(place)?.FirstAncestorOrSelf<StatementSyntax>()?.Ancestors().TakeWhile(node => node is BlockSyntax or IfStatementSyntax).OfType<IfStatementSyntax>().FirstOrDefault());
        foreach (var test in tests.Concat(TestsOf(site)).Distinct())
        {
            if (test is not { Else: null, Parent: BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax } || CollectionOf(test) is not { } collection
                || test.Statement.DescendantNodesAndSelf().Any(node => node is ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax))
            {
                continue;
            }

            var edits = new TextEdits();
            edits.Replace(test.IfKeyword.Span, "while");
            yield return Plan.Of($"Release all that is in '{collection}'", edits);
        }
    }

    /// <summary>Where the body looks into the collection that the block has been put into.</summary>
    private static IEnumerable<IfStatementSyntax> TestsOf(FixSite site)
    {
        var put = site.NodeAt<ExpressionSyntax>(site.Finding.Span)?.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Enqueue" or "Push" or "Add" });
        var body = put?.Ancestors().FirstOrDefault(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);
        return put is { Expression: MemberAccessExpressionSyntax { Expression: var collection } } && body is not null ? body.DescendantNodes().OfType<IfStatementSyntax>().Where(test => test.SpanStart > put.SpanStart && CollectionOf(test) == collection.ToString()) : [];
    }

    /// <summary>The collection that the condition takes an element from, or asks for one that the branch takes.</summary>
    private static string? CollectionOf(IfStatementSyntax test) => test.Condition switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TryDequeue" or "TryPop" or "TryTake", Expression: var collection } } => collection.ToString(),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.GreaterThanExpression or (int)SyntaxKind.NotEqualsExpression, Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count", Expression: var collection }, Right: LiteralExpressionSyntax { Token.ValueText: "0" } } when Takes(test, collection) => collection.ToString(),
        _ => null,
    };

    private static bool Takes(IfStatementSyntax test, ExpressionSyntax collection) => test.Statement.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dequeue" or "Pop" } access && access.Expression.ToString() == collection.ToString());
}
