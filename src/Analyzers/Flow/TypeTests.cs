using LifetimeAnalyzers.Families;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow;

/// <summary>What <c>is</c> says of a block: a rented array is an array and no owner, an owner is no array.</summary>
internal static class TypeTests
{
    /// <summary>Whether a block that is there is of the type; null when that is not known.</summary>
    public static bool? Of(Value value, ITypeSymbol? type)
    {
        if (value is not Pointer { IsView: false, Block.Family: { Lifetime: Lifetime.Pool } family } || type is null)
        {
            return null;
        }

        return family.ReleasedThroughItself ? (type is IArrayTypeSymbol ? false : null)
            : type is IArrayTypeSymbol ? true
            : type.TypeKind == TypeKind.Class && type.SpecialType == SpecialType.None || type.Name is "IMemoryOwner" or "IDisposable" ? false
            : null;
    }
}
