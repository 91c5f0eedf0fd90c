using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Requests;

/// <summary>LIFE011: request memory is asked of the ambient scope where none can be open: start-up code, static initializers.</summary>
internal static class RequestMemoryNeedsScope
{
    public static Diagnostic? Judge(Block block, JudgedBody body)
    {
        if (block is not { Family.Lifetime: Lifetime.Request, WasInScope: false, Site: IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "Heap" } } site })
        {
            return null;
        }

        var context = body.ContextAt(site.Syntax);
        if (context.Kind != ExecutionContextKind.StartUp || context.ScopeLine > 0 || MayBeginScope(site, body))
        {
            return null;
        }

        var evidence = Evidence.ForEscape(block, body.Result, null);
        return Diagnostic.Create(Descriptors.NoScopeOpen, site.Syntax.GetLocation(), evidence.Locations, evidence.Properties,
            block.AllocatedBy, context.Reason, "begin a RequestScope here, or take memory for the life of the process with Heap.Malloc");
    }

    /// <summary>Something before the allocation mentions a scope in a way that was not followed.</summary>
    private static bool MayBeginScope(IOperation site, JudgedBody body) =>
        body.Unit.Syntax.DescendantTokens().TakeWhile(token => token.SpanStart < site.Syntax.SpanStart).Any(token => token.ValueText is "RequestScope" or "BeginPersistent") &&
        !body.Facts.Blocks.Any(block => RequestScopes.IsScope(block.Family) && body.ReleasesOf(block).Any(release => release.Syntax.Span.End <= site.Syntax.SpanStart));
}
