using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules.Requests;

/// <summary>LIFE014: every iteration of a loop within one request takes request memory, and keeps it until the request ends.</summary>
internal static class RequestMemoryGrows
{
    public static Diagnostic? Judge(Block block, JudgedBody body)
    {
        if (block.Family!.Lifetime != Lifetime.Request || body.ReleasesOf(block).Any() ||
            body.FindingsOf(block).FirstOrDefault(finding => finding.Kind is FindingKind.LostInIteration or FindingKind.LostByOverwrite or FindingKind.LostAtExit or FindingKind.Discarded) is not { } loss ||
            body.LoopAround(block.Site!.Syntax) is not { } loop)
        {
            return null;
        }

        var context = body.ContextAt(block.Site.Syntax);
        if (context.Kind != ExecutionContextKind.RequestHandler || IsScopeInside(context, loop))
        {
            return null;
        }

        var evidence = Evidence.For(block, loss, body.Result, FixData.ReasonIteration);
        return Diagnostic.Create(Descriptors.GrowsInLoop, block.Site.Syntax.GetLocation(), evidence.Locations, evidence.Properties,
            Wording.Subject(block), block.AllocatedBy, $"the loop on line {LineOf(loop)}");
    }

    /// <summary>A scope that begins in the iteration ends with it.</summary>
    private static bool IsScopeInside(Contexts.ExecutionContext context, SyntaxNode loop) => context.ScopeLine > 0 && context.ScopeLine >= LineOf(loop);

    private static int LineOf(SyntaxNode node) => node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
}
