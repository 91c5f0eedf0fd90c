using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>
/// <c>if (native_submit(block, OnDone) == 0) return;</c> and a release behind it: a native function that also gets a callback may keep the
/// block until it calls back, and what it answers says whether it does. To release it on that way would be too soon.
/// </summary>
internal static class GivenForCallback
{
    public static bool Is(FixSite site) =>
        site.Finding.PlacesOf(FixData.Release).Any() && OwnedBlock.Find(site) is { } block
        && site.Finding.PlacesOf(FixData.Branch).Concat(site.Finding.PlacesOf(FixData.Exit)).Select(place => site.Root.FindNode(place).FirstAncestorOrSelf<IfStatementSyntax>()).Any(test =>
            test?.Condition.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any(call => IsKeeping(site, call) && block.References(call.ArgumentList).Any()) == true);

    private static bool IsKeeping(FixSite site, InvocationExpressionSyntax call) =>
        site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol { IsExtern: true } method && method.Parameters.Any(parameter => parameter.Type is IFunctionPointerTypeSymbol or { TypeKind: TypeKind.Delegate });
}
