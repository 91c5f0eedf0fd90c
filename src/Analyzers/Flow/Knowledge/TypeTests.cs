using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.Knowledge;

/// <summary>What <c>is</c> says of a block: a rented array is an array and no owner, an owner is no array.</summary>
internal static class TypeTests
{
    /// <summary>Known to hold where <c>o as T</c> was asked for, which the value stands for since.</summary>
    public static Expression Tried(Value value, ITypeSymbol type) => new(Operator.Other, value, Value.Null, type);

    /// <summary>Whether an object that the source has made is of the type: what it was made as, it is. Null when that is not known.</summary>
    public static bool? OfMade(Value value, ITypeSymbol? type)
    {
        if (value is not Sym { Kind: SymKind.NewObject, Type: INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false, DeclaringSyntaxReferences.IsEmpty: false } made } || type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface } matched)
        {
            return null;
        }

        for (INamedTypeSymbol? current = made; current is not null; current = current.BaseType)
        {
            if (Is(current, matched) is { } isBase)
            {
                return isBase ? true : null;
            }
        }

        foreach (var declared in made.AllInterfaces)
        {
            if (Is(declared, matched) is { } isInterface)
            {
                return isInterface ? true : null;
            }
        }

        return false;
    }

    /// <summary>Whether the one type is the other; false when it is made of the same generic one, null when the two are different.</summary>
    private static bool? Is(INamedTypeSymbol one, INamedTypeSymbol other) =>
        SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, other.OriginalDefinition) ? SymbolEqualityComparer.Default.Equals(one, other) : null;

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
