using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// The block is allocated under one condition and released under another one, <c>p = n > 32 ? Alloc() : stack</c> and
/// <c>if (n > 64) Free(p)</c>: the first one decides about both.
/// </summary>
internal sealed class ReleaseUnderSameCondition : Repair
{
    public override string Name => "SameCondition";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody || site.Finding.Reason != FixData.ReasonPath || OwnedBlock.Find(site) is not { Owner: ILocalSymbol } block
            || OwnedBlock.Dressed(block.Allocation) is not { Parent: ConditionalExpressionSyntax choice } chosen || choice.Condition == chosen || !IsStable(site, choice.Condition)
            || site.Finding.PlacesOf(FixData.Release).Distinct().ToList() is not { Count: 1 } places || ReleaseCall.At(site, block, places[0]) is not { } release
            || (release.Statement.Parent is BlockSyntax { Statements.Count: 1 } only ? only.Parent : release.Statement.Parent) is not IfStatementSyntax { Else: null } test || !StatementRemoval.IsSilent(site, test.Condition))
        {
            yield break;
        }

        var edits = new TextEdits();
        edits.Replace(test.Condition.Span, choice.WhenTrue == chosen ? choice.Condition.ToString() : Negation.Of(site, choice.Condition));
        yield return Plan.Of($"Release '{block.OwnerText}' where it has been allocated", edits);
    }

    /// <summary>Asked again the condition says the same: it is made of constants, and of variables that are never given another value.</summary>
    private static bool IsStable(FixSite site, ExpressionSyntax condition)
    {
        var body = condition.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) ?? site.Root;
        return condition.DescendantNodesAndSelf().All(node => node is BinaryExpressionSyntax or ParenthesizedExpressionSyntax or LiteralExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression }
            || node is IdentifierNameSyntax name && (site.Model.GetConstantValue(name, site.CancellationToken).HasValue
                || site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol { IsRef: false } or IParameterSymbol { RefKind: RefKind.None } && !body.DescendantNodes().OfType<IdentifierNameSyntax>().Any(other => other.Identifier.ValueText == name.Identifier.ValueText && IsWritten(other))));
    }

    private static bool IsWritten(IdentifierNameSyntax name) => name.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == name,
        ArgumentSyntax argument => argument.RefKindKeyword.RawKind != 0,
        PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression } or RefExpressionSyntax => true,
        _ => false,
    };
}
