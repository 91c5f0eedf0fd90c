using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>
/// A member moves what a field holds into another one that the type releases, and has not looked at what that one held:
/// <c>_final = _draft; _draft = null;</c> (LIFE013).
/// </summary>
internal sealed class MovedFields(FieldOwnership ownership, FilledFields fills)
{
    /// <summary>What the body covers with what other members have put into another field.</summary>
    public IEnumerable<Diagnostic> Judge(BodyResult result, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (result.Unit.Method is not { } moving || SetUps.IsSetUp(moving) || OwnerMembers.IsDisposal(moving))
        {
            yield break;
        }

        foreach (var source in SourcesIn(result, type))
        {
            var use = ownership.Of(source, cancellationToken);
            foreach (var (body, covered, isCopy) in use.MovedOver)
            {
                if (SymbolEqualityComparer.Default.Equals(body.Method, moving) && OwnerMembers.IsOnlyReachedHere(covered, type) &&
                    !ownership.Instances.AreAllOf(type, cancellationToken) && !ownership.FirstCalls.AreAllOf(moving, cancellationToken) &&
                    ownership.Of(covered, cancellationToken) is { IsHandedOn: false } other && other.ReleasedBy.Any(OwnerMembers.IsDisposal) && (!isCopy || AreBothReleased(use, other, covered, body)) &&
                    fills.BlocksIn(source, type, cancellationToken).Concat(fills.ObjectsIn(source, type, cancellationToken)).FirstOrDefault(static block => block.Family is { Lifetime: Lifetime.Process, MayStayUnreleased: false, IsNeverReleased: false }) is { } block)
                {
                    yield return FieldReports.Report(Descriptors.FieldNotReleased, ForgottenFields.SiteOf(covered, result.Unit), block, covered, FixData.ReasonOverwritten, result.Unit.Syntax,
                        type.Name, OwnerMembers.NameOf(covered), block.AllocatedBy, $"'{moving.Name}' gives the field another value without releasing the block that it holds");
                }
            }
        }
    }

    /// <summary>The fields of the object whose value goes into another place.</summary>
    private static IEnumerable<IFieldSymbol> SourcesIn(BodyResult result, INamedTypeSymbol type)
    {
        var seen = new HashSet<IFieldSymbol>(SymbolEqualityComparer.Default);
        foreach (var outcome in result.Summary.Outcomes)
        {
            foreach (var write in outcome.Writes)
            {
                if (write.Value is Sym { Kind: SymKind.Input, Place: { } from } && from != write.Key && OwnerMembers.Field(write.Key, type) is not null && OwnerMembers.Field(from, type) is { } source && seen.Add(source))
                {
                    yield return source;
                }
            }
        }
    }

    /// <summary>Both fields hold one block from then on, and the disposal of the object releases both; nobody compares them.</summary>
    private static bool AreBothReleased(FieldUse moved, FieldUse covered, IFieldSymbol field, BodyUnit body) =>
        !covered.Fills.IsEmpty && moved.ReleasedBy.Any(release => OwnerMembers.IsDisposal(release) && covered.ReleasedBy.Contains(release, SymbolEqualityComparer.Default)) &&
        !(body.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declared && declared.DescendantNodes().Any(node =>
            node is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression, Left: IdentifierNameSyntax left, Right: IdentifierNameSyntax right } && (left.Identifier.ValueText == field.Name || right.Identifier.ValueText == field.Name)));
}
