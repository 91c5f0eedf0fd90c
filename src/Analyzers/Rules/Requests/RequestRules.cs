using LifetimeAnalyzers.Rules.Blocks;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Rules.Requests;

/// <summary>The rules about requests that are no plain leaks: LIFE001 for what is kept, LIFE002 for what waits in vain, LIFE010, LIFE011, LIFE012, LIFE014, LIFE015. One report for each allocation.</summary>
internal static class RequestRules
{
    public static IEnumerable<Diagnostic> Judge(JudgedBody body, FieldOwnership ownership, ISet<TextSpan> reported)
    {
        foreach (var diagnostic in ScopeIsEndedOnce.Judge(body))
        {
            yield return diagnostic;
        }

        foreach (var diagnostic in AddressOutlivesBody.Judge(body))
        {
            yield return diagnostic;
        }

        foreach (var block in body.OwnBlocks)
        {
            if (reported.Contains(block.Site!.Syntax.Span))
            {
                continue;
            }

            var diagnostic = RequestMemoryNeedsScope.Judge(block, body) ?? RegisteredInPersistentServer.Judge(block, body) ?? RequestMemoryStaysInScope.Judge(block, body) ?? ProcessMemoryIsKept.Judge(block, body, ownership)
                ?? RequestMemoryGrows.Judge(block, body) ?? RequestMemoryWouldDo.Judge(block, body);
            if (diagnostic is not null)
            {
                yield return diagnostic;
            }
        }
    }
}
