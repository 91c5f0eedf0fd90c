using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>
/// What functions do to the pointers of a structure that they are handed: they release one by another family than all of the source, and their own
/// type among it, fills it by (LIFE008), or give it a new block over the one that it holds (LIFE013).
/// </summary>
internal sealed class StructureRules(StructureMembers members, OverwrittenMembers overwritten)
{
    public IEnumerable<Diagnostic> Judge(BodyResult result, CancellationToken cancellationToken)
    {
        var told = new HashSet<SyntaxNode>();
        foreach (var outcome in result.Summary.Outcomes)
        {
            foreach (var effect in outcome.Effects)
            {
                if (effect is { Ownership: Ownership.Released, Family: { IsCounted: false, IsUnspecified: false } family, At.Syntax: { } at, Input.Place.Field: { } field } && StructureMembers.IsMember(field) && IsIn(result.Unit, at) && !told.Contains(at) &&
                    members.Of(field, cancellationToken) is { Fills: { IsEmpty: false } fills } use && fills.All(family.IsNotFor) && use.FilledIn.Contains(result.Unit.Member.ContainingType?.Name ?? "") && told.Add(at))
                {
                    var evidence = Evidence.OfFamily(fills[0]).SetItem(FixData.OwnerKey, effect.Input.DisplayName).SetItem(FixData.RolesKey, FixData.Release);
                    yield return Diagnostic.Create(Descriptors.WrongFamily, at.GetLocation(), [at.GetLocation()], evidence, $"'{effect.Input.DisplayName}'", family.ReleaseText, fills[0].Name, fills[0].ReleaseText);
                }
            }
        }

        if (result.Unit is { Method: { MethodKind: MethodKind.Ordinary } method, Syntax: MethodDeclarationSyntax declaration })
        {
            foreach (var lost in overwritten.In(declaration, method, cancellationToken))
            {
                var properties = Evidence.OfFamily(lost.Family).SetItem(FixData.OwnerKey, lost.Owner).SetItem(FixData.RolesKey, FixData.Allocation).SetItem(FixData.ReasonKey, FixData.ReasonMember).SetItem(FixData.NoFixKey, "true");
                yield return Diagnostic.Create(Descriptors.FieldNotReleased, lost.Allocation.Syntax.GetLocation(), [lost.Allocation.Syntax.GetLocation()], properties,
                    lost.Field.ContainingType.Name, lost.Field.Name, Flow.Transfer.Call.NameOf(lost.Allocation.TargetMethod, lost.Allocation), $"'{method.Name}' gives the field another value without releasing the block that it holds");
            }
        }
    }

    private static bool IsIn(BodyUnit unit, SyntaxNode at) => at.SyntaxTree == unit.Syntax.SyntaxTree && unit.Syntax.Span.Contains(at.Span);

}
