using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// One variable is tested and another one of its type released, <c>if (old != null) pool.Return(rented);</c>: the one that
/// is tested is meant.
/// </summary>
internal sealed class ReleaseTested : Repair
{
    public override string Name => "ReleaseTested";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        foreach (var span in site.Finding.PlacesOf(FixData.Release).Concat([site.Finding.Span]).Distinct())
        {
            if (site.NodeAt<ExpressionSyntax>(span)?.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } } release
                || OwnedBlock.Bare(arguments[0].Expression) is not IdentifierNameSyntax released || (release.Parent is BlockSyntax { Statements.Count: 1 } only ? only.Parent : release.Parent) is not IfStatementSyntax { Else: null } test
                || Tested(test.Condition) is not IdentifierNameSyntax tested || tested.Identifier.ValueText == released.Identifier.ValueText
                || VariableOf(site, tested) is not var (variable, type) || VariableOf(site, released) is not var (other, otherType) || !SymbolEqualityComparer.Default.Equals(type, otherType) || SymbolEqualityComparer.Default.Equals(variable, other))
            {
                continue;
            }

            var edits = new TextEdits();
            edits.Replace(released.Span, tested.Identifier.Text);
            yield return Plan.Of($"Release '{tested}' instead of '{released}'", edits);
        }
    }

    /// <summary>What the condition says that there is.</summary>
    private static ExpressionSyntax? Tested(ExpressionSyntax condition) => condition switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } unequal when ReleaseCall.IsNothing(unequal.Right) => unequal.Left,
        IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression: var constant } } } pattern when ReleaseCall.IsNothing(constant) => pattern.Expression,
        _ => null,
    };

    private static (ISymbol Variable, ITypeSymbol Type)? VariableOf(FixSite site, IdentifierNameSyntax name) => site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol switch
    {
        ILocalSymbol { IsRef: false } local => (local, local.Type),
        IParameterSymbol parameter => (parameter, parameter.Type),
        IFieldSymbol field => (field, field.Type),
        _ => null,
    };
}
