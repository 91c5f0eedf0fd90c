using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules;

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

        foreach (var (body, covered) in use.MovedOver)
        {
            if (body.Method is { } moving && !FieldRules.IsSetUp(moving) && !FieldRules.IsDisposal(moving) && FieldRules.IsOnlyReachedHere(covered, type) &&
                !ownership.Instances.AreAllOf(type, cancellationToken) && !ownership.FirstCalls.AreAllOf(moving, cancellationToken) &&
                ownership.Of(covered, cancellationToken) is { IsHandedOn: false } other && other.ReleasedBy.Any(FieldRules.IsDisposal))
            {
                return FieldRules.Report(Descriptors.FieldNotReleased, block.Site!.Syntax, block, covered, FixData.ReasonOverwritten, body.Syntax,
                    type.Name, FieldRules.NameOf(covered), block.AllocatedBy, $"'{moving.Name}' gives the field another value without releasing the block that it holds");
            }
        }

        return null;
    }
}
