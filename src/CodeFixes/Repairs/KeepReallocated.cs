using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A release or a use is wrong because a reallocation before it has moved the block and nobody has kept where to: the
/// result is stored in the variable that it came from.
/// </summary>
internal sealed class KeepReallocated : Repair
{
    public override string Name => "KeepReallocated";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        foreach (var span in site.Finding.PlacesOf(FixData.Release).Where(span => span != site.Finding.Span))
        {
            if (site.NodeAt<ExpressionSyntax>(span) is { } node && OwnedBlock.Bare(node) is InvocationExpressionSyntax { Parent: ExpressionStatementSyntax statement } call
                && KeepOrDropResult.IsReallocation(call) && KeepOrDropResult.Keep(site, statement, call) is { } plan)
            {
                yield return plan;
            }
        }
    }
}
