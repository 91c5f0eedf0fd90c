using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>An override of <c>Dispose</c> that does not call what it overrides: what only the base releases is never released (LIFE013).</summary>
internal static class SkippedBases
{
    public static Diagnostic? Judge(BodyResult result, FieldOwnership ownership, CancellationToken cancellationToken)
    {
        if (result.Unit.Method is not { IsOverride: true, OverriddenMethod: { IsAbstract: false, DeclaringSyntaxReferences.IsEmpty: false } replaced } method || !OwnerMembers.IsDisposal(method) ||
            result.Unit.Syntax.DescendantNodes().Any(static node => node is BaseExpressionSyntax))
        {
            return null;
        }

        // 'Dispose()', which calls an override that may release or not, counts as handing on;
        // members that do not name the field release it through what is overridden, if it is asked
        foreach (var member in replaced.OriginalDefinition.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol { IsStatic: false, IsConst: false } field && Frame.CanCarry(field.Type) && ownership.Of(field, cancellationToken) is { Fills: { IsEmpty: false } fills, ReleasedBy: { IsEmpty: false } releasers } use &&
                (!use.IsHandedOn || !replaced.Parameters.IsEmpty) &&
                fills.All(static fill => fill is { Lifetime: Lifetime.Process, MayStayUnreleased: false }) && releasers.All(releaser => SymbolEqualityComparer.Default.Equals(releaser.OriginalDefinition, replaced.OriginalDefinition) || OwnerMembers.CountOf(releaser, field.Name) == 0 || ownership.Renews(releaser, field, cancellationToken)) &&
                OwnerMembers.CountOf(method, field.Name) == 0)
            {
                var evidence = Evidence.ForField(null, field, FixData.ReasonBase, null, fills[0]);
                return Diagnostic.Create(
                    Descriptors.FieldNotReleased, method.Locations[0], evidence.Locations, evidence.Properties,
                    method.ContainingType.Name, field.Name, field.ContainingType.Name, $"its '{method.Name}' does not call 'base.{method.Name}', which releases it");
            }
        }

        return null;
    }
}
