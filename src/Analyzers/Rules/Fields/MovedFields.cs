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
internal sealed class MovedFields(FieldOwnership ownership)
{
    /// <summary>The report about a block that goes into the field which is moved; null when there is nothing to say.</summary>
    public Diagnostic? Judge(Block block, FieldUse use, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (block.Family is not { Lifetime: Lifetime.Process, MayStayUnreleased: false, IsNeverReleased: false })
        {
            return null;
        }

        foreach (var (body, covered, isCopy) in use.MovedOver)
        {
            if (body.Method is { } moving && !SetUps.IsSetUp(moving) && !FieldRules.IsDisposal(moving) && FieldRules.IsOnlyReachedHere(covered, type) &&
                !ownership.Instances.AreAllOf(type, cancellationToken) && !ownership.FirstCalls.AreAllOf(moving, cancellationToken) &&
                ownership.Of(covered, cancellationToken) is { IsHandedOn: false } other && other.ReleasedBy.Any(FieldRules.IsDisposal) && (!isCopy || AreBothReleased(use, other, covered, body)))
            {
                return FieldRules.Report(Descriptors.FieldNotReleased, block.Site!.Syntax, block, covered, FixData.ReasonOverwritten, body.Syntax,
                    type.Name, FieldRules.NameOf(covered), block.AllocatedBy, $"'{moving.Name}' gives the field another value without releasing the block that it holds");
            }
        }

        return null;
    }

    /// <summary>Both fields hold one block from then on, and the disposal of the object releases both; nobody compares them.</summary>
    private static bool AreBothReleased(FieldUse moved, FieldUse covered, IFieldSymbol field, BodyUnit body) =>
        !covered.Fills.IsEmpty && moved.ReleasedBy.Any(release => FieldRules.IsDisposal(release) && covered.ReleasedBy.Contains(release, SymbolEqualityComparer.Default)) &&
        !(body.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declared && declared.DescendantNodes().Any(node =>
            node is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression, Left: IdentifierNameSyntax left, Right: IdentifierNameSyntax right } && (left.Identifier.ValueText == field.Name || right.Identifier.ValueText == field.Name)));
}
