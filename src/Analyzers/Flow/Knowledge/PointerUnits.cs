using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.Knowledge;

/// <summary>Distances in memory, which pointers count in what they point to and numbers in bytes.</summary>
internal static class PointerUnits
{
    /// <summary>The distance as a pointer of another type counts it; null when that is not known, or no whole number.</summary>
    public static long? Convert(long distance, ITypeSymbol? from, ITypeSymbol? to)
    {
        if (SymbolEqualityComparer.Default.Equals(from, to))
        {
            return distance;
        }

        return UnitOf(from) is { } one && UnitOf(to) is { } other && distance * one % other == 0 ? distance * one / other : null;
    }

    /// <summary>What a step is, in bytes: the size of what a pointer points to.</summary>
    private static long? UnitOf(ITypeSymbol? type) => type is IPointerTypeSymbol pointer
        ? (pointer.PointedAtType is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying : pointer.PointedAtType).SpecialType switch
        {
            SpecialType.System_Void or SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Boolean => 1,
            SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Char => 2,
            SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
            SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double => 8,
            _ => null,
        }
        : 1;
}
