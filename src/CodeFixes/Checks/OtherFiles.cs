using System.Collections.Immutable;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Checks;

/// <summary>
/// Whoever calls from another file what an edit changes may own something then that the callee has owned before, or the
/// other way round: a plan after which more is reported there is not offered.
/// </summary>
internal static class OtherFiles
{
    /// <summary>How many files are asked. What everybody calls is judged by the first of its callers.</summary>
    private const int Most = 8;

    /// <summary>Whether nothing is reported in the other files of the project that was not reported before, by us or by the compiler.</summary>
    public static async Task<bool> StayAsTheyAreAsync(FixSite site, Plan plan, Reach reach, Outcome outcome)
    {
        var compilation = site.Model.Compilation;
        var asked = 0;
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (tree == site.Root.SyntaxTree || tree == plan.Elsewhere?.Tree || !reach.MayBeFeltIn(tree.GetText(site.CancellationToken).ToString()))
            {
                continue;
            }

            var spans = reach.Abroad(tree.GetRoot(site.CancellationToken));
            if (spans.Count == 0)
            {
                continue;
            }

            if (++asked > Most)
            {
                return true;
            }

            var changed = outcome.Analysis.Compilation.GetSemanticModel(tree);
            if (!CompileCheck.AddsNothing(compilation.GetSemanticModel(tree), changed, spans, site.CancellationToken))
            {
                return false;
            }

            var after = await Reports.InAsync(outcome.Analysis, changed, spans.Select(span => (TextSpan?)span), site.CancellationToken).ConfigureAwait(false);
            if (after.All.Length > 0 && !ReportCheck.AddsNothing(await site.ReportsAsync(compilation.GetSemanticModel(tree)).ConfigureAwait(false), new SpanMap(ImmutableArray<TextChange>.Empty), after, againstAdvice: true))
            {
                return false;
            }
        }

        return true;
    }
}
