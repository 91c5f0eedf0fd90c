using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>
/// A field is released nowhere but where it gets another block: <c>Free(_p); _p = Alloc(n);</c>. The last one that it gets is
/// never released (LIFE013).
/// </summary>
internal static class RenewedFields
{
    /// <summary>Whether every member that releases the place puts another block into it, on each of its ways.</summary>
    public static bool IsOnlyRenewed(Place place, INamedTypeSymbol type, FieldUse use, FieldOwnership ownership, CancellationToken cancellationToken)
    {
        if (use.ReleasedBy.IsEmpty)
        {
            return false;
        }

        foreach (var member in use.ReleasedBy)
        {
            if (OwnerMembers.IsDisposal(member) || member.MethodKind is not (MethodKind.Ordinary or MethodKind.PropertySet) || ownership.SummaryOf(member, cancellationToken) is not { IsUnknown: false } summary)
            {
                return false;
            }

            foreach (var outcome in summary.Outcomes)
            {
                if (outcome.Effects.Any(effect => effect.Ownership == Ownership.Released && effect.Input.Place is { } released && IsSame(released, place, type)) &&
                    !outcome.Writes.Any(write => IsSame(write.Key, place, type) && write.Value is Pointer { IsView: false, Block: { Site: not null } block } && outcome.Blocks.Any(known => known.Key == block && known.Value.Ownership is Ownership.Owned or Ownership.Transferred)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsSame(Place one, Place other, INamedTypeSymbol type) =>
        OwnerMembers.Field(one, type) is { } field && SymbolEqualityComparer.Default.Equals(field, OwnerMembers.Field(other, type)) && one.DisplayName == other.DisplayName;
}
