using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Releases a block that is handed on when all goes well, and only then: when something throws before, a <c>catch</c>
/// releases it and throws again.
/// </summary>
internal sealed class ReleaseInCatch : Repair
{
    public override string Name => "Catch";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (!site.Finding.LeavesBody || OwnedBlock.Find(site) is not { } block || GuardedRegion.Of(block) is not { MayBeNothing: false } region || region.Start >= region.List.Statements.Count)
        {
            yield break;
        }

        var edits = new TryFinallyEdits(region);
        foreach (var release in region.Releases)
        {
            var list = StatementList.Of(release.Whole.Parent!);
            var next = list is null ? -1 : list.IndexOf(release.Whole) + 1;
            if (list is null || next >= list.Statements.Count)
            {
                yield break;
            }

            switch (list.Statements[next])
            {
                case ThrowStatementSyntax when release.Statement is ExpressionStatementSyntax call && ReleasingHelper.IsRelease(site, call):
                    StatementRemoval.Remove(site, edits.Edits, release.Whole);
                    break;
                case ReturnStatementSyntax { Expression: null or LiteralExpressionSyntax or IdentifierNameSyntax }:
                    break;
                default:
                    yield break;
            }
        }

        if (HandOver(region) is not { } end || ReleaseText.Lines(block, block.Statement!.Span.End, region.List.Container, mayBeNothing: false, site.Layout.UnitAt(region.List.Container)) is not { } lines)
        {
            yield break;
        }

        if (edits.Guard(end, reuse: false, [.. lines, "throw;"], [], keyword: "catch"))
        {
            yield return Plan.Of($"Release '{block.OwnerText}' and throw again when something throws", edits.Edits);
        }
    }

    /// <summary>How many statements come before the block is somebody else's: with a <c>return</c> of it, which cannot throw after; without an assignment.</summary>
    private static int? HandOver(GuardedRegion region)
    {
        var statements = region.List.Statements;
        for (var i = region.Start; i < statements.Count; i++)
        {
            switch (statements[i])
            {
                case ReturnStatementSyntax { Expression: { } value } when region.Block.References(value).Any():
                    return i + 1;
                case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } when region.Block.References(assignment.Right).Any() && region.Block.Site.Model.GetSymbolInfo(assignment.Left).Symbol is IFieldSymbol or IPropertySymbol or IParameterSymbol:
                    return i > region.Start ? i : null;
                case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } when i > region.Start && Hands(region, call):
                    return i;
            }
        }

        return null;
    }

    /// <summary>The call is the last that knows of the block, and gets it; what throws comes before.</summary>
    private static bool Hands(GuardedRegion region, InvocationExpressionSyntax call)
    {
        var site = region.Block.Site;
        return region.Releases.Count == 0 && call.ArgumentList.Arguments.Any(argument => region.Block.References(OwnedBlock.Bare(argument.Expression)).Any(name => name == OwnedBlock.Bare(argument.Expression) && !IsOnlyRead(region, name)))
            && site.Finding.PlacesOf(FixData.Throwing).Any() && site.Finding.PlacesOf(FixData.Throwing).All(place => place.End <= call.SpanStart)
            && region.List.Statements.Skip(region.Start).TakeWhile(statement => !statement.Span.Contains(call.Span)).All(statement => region.Block.References(statement).All(name => IsOnlyRead(region, name)))
            && region.List.Statements.Skip(region.List.IndexOf(call) + 1).All(statement => !region.Block.References(statement).Any());
    }

    /// <summary>Code of the framework reads or writes the block, or this body does.</summary>
    private static bool IsOnlyRead(GuardedRegion region, IdentifierNameSyntax name) => OwnedBlock.Dressed(name).Parent switch
    {
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => region.Block.Site.Model.GetSymbolInfo(call, region.Block.Site.CancellationToken).Symbol is IMethodSymbol { ContainingType: { Name: "Marshal" or "NativeMemory" or "Buffer" or "Unsafe" } },
        BinaryExpressionSyntax or PrefixUnaryExpressionSyntax or ElementAccessExpressionSyntax or MemberAccessExpressionSyntax => name.Ancestors().TakeWhile(node => node is not StatementSyntax).All(node => node is not (AnonymousFunctionExpressionSyntax or EqualsValueClauseSyntax)),
        _ => false,
    };
}
