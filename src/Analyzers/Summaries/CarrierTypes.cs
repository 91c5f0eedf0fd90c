using System.Collections.Concurrent;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Which types can carry a block: pointers, arrays, owners, and what has fields of them. Thread-safe, memoised.</summary>
internal sealed class CarrierTypes
{
    private const int MaxDepth = 3;
    private readonly KnownMembers _known;
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _carries = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _holds = new(SymbolEqualityComparer.Default);

    public CarrierTypes(KnownMembers known)
    {
        _known = known;
    }

    /// <summary>Whether a value of the type can be, or lead to, a block.</summary>
    public bool CanCarry(ITypeSymbol type) => CanCarry(type, 0);

    /// <summary>Whether an instance has a field that can carry a block.</summary>
    public bool HasCarryingField(INamedTypeSymbol type) => HasCarryingField(type, 0);

    /// <summary>Whether a value of the type is itself a pointer, handle or array.</summary>
    public static bool IsDirectCarrier(ITypeSymbol type) =>
        type is IPointerTypeSymbol or IArrayTypeSymbol || type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr ||
        type.Name.EndsWith("Owner", StringComparison.Ordinal) || type.Name.EndsWith("Handle", StringComparison.Ordinal);

    /// <summary>Whether a value of the type is a pointer, handle or array, or a collection of them.</summary>
    public static bool IsCarrierOrCollection(ITypeSymbol type) =>
        IsDirectCarrier(type) || (type is INamedTypeSymbol { IsReferenceType: true, TypeArguments: { IsEmpty: false } arguments } && IsDirectCarrier(arguments[arguments.Length - 1]));

    private bool CanCarry(ITypeSymbol type, int depth)
    {
        switch (type)
        {
            case IPointerTypeSymbol or IArrayTypeSymbol or IFunctionPointerTypeSymbol:
                return true;
            case ITypeParameterSymbol:
                return false;
            case INamedTypeSymbol named:
                if (named.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr)
                {
                    return true;
                }

                if (named.SpecialType != SpecialType.None && named.SpecialType != SpecialType.System_IDisposable)
                {
                    return named.TypeArguments.Any(argument => CanCarry(argument, depth));
                }

                if (named.TypeKind is TypeKind.Enum or TypeKind.Delegate or TypeKind.Error)
                {
                    return false;
                }

                return depth < MaxDepth && _carries.GetOrAdd(named, _ => Carries(named, depth));
            default:
                return false;
        }
    }

    private bool Carries(INamedTypeSymbol type, int depth)
    {
        if (type.TypeArguments.Any(argument => CanCarry(argument, depth + 1)))
        {
            return true;
        }

        if (type.DeclaringSyntaxReferences.IsEmpty)
        {
            return Calls.IsViewType(type) || type.Name.EndsWith("GCHandle", StringComparison.Ordinal) || type.Name == "ArrayPool" || _known.FamilyOfOwnerType(type) is not null;
        }

        return _known.FamilyOfOwnerType(type) is not null || type.TypeKind == TypeKind.Interface || HasCarryingField(type, depth + 1);
    }

    private bool HasCarryingField(INamedTypeSymbol type, int depth)
    {
        if (depth >= MaxDepth || type.DeclaringSyntaxReferences.IsEmpty)
        {
            return false;
        }

        return _holds.GetOrAdd(type, _ => type.GetMembers().Any(member => member is IFieldSymbol { IsConst: false } field && CanCarry(field.Type, depth + 1)));
    }
}
