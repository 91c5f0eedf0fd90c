using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>The types whose values are released by <c>Dispose</c>: those of <c>owner</c> lines, and what the allocating members of disposed families give. Immutable.</summary>
internal sealed class OwnerTypes
{
    private readonly ImmutableDictionary<ITypeSymbol, Family> _families;

    private OwnerTypes(ImmutableDictionary<ITypeSymbol, Family> families) => _families = families;

    /// <summary>Finds the types in <paramref name="compilation"/>.</summary>
    public static OwnerTypes Create(Compilation compilation, FamilyTable table)
    {
        var families = ImmutableDictionary.CreateBuilder<ITypeSymbol, Family>(SymbolEqualityComparer.Default);
        foreach (var owner in table.Owners)
        {
            if (owner.Family is { } name && table.FamilyNamed(name) is { } family && MemberBinding.TypeOf(compilation, owner.Member) is { } type)
            {
                families[type.OriginalDefinition] = family;
            }
        }

        foreach (var statement in table.Statements)
        {
            if (statement is { Kind: StatementKind.Allocates, Family: { } name, When: null, Member.Kind: 'M' } && table.FamilyNamed(name) is { ReleasedByDispose: true } family
                && MemberBinding.FirstMethod(compilation, statement.Member) is { } method
                && TypeOfBlock(statement, method)?.OriginalDefinition is INamedTypeSymbol { SpecialType: SpecialType.None } given && !families.ContainsKey(given))
            {
                families.Add(given, family);
            }
        }

        return new OwnerTypes(families.ToImmutable());
    }

    /// <summary>The family of values of <paramref name="type"/>, its base types or its interfaces; null when it is no owner.</summary>
    public Family? FamilyOf(ITypeSymbol type)
    {
        if (FamilyOfClass(type) is { } own)
        {
            return own;
        }

        foreach (var declared in type.AllInterfaces)
        {
            if (_families.TryGetValue(declared.OriginalDefinition, out var family))
            {
                return family;
            }
        }

        return null;
    }

    /// <summary>The same, by the type itself and its base types alone.</summary>
    public Family? FamilyOfClass(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (_families.TryGetValue(current.OriginalDefinition, out var family))
            {
                return family;
            }
        }

        return null;
    }

    /// <summary>The family of a block of which a contract says only that it is owned.</summary>
    public static Family Unspecified(ITypeSymbol type)
    {
        var isDisposable = type.SpecialType == SpecialType.System_IDisposable || type.AllInterfaces.Any(i => i.SpecialType == SpecialType.System_IDisposable);
        return new Family("owned", Lifetime.Process, isDisposable ? "Dispose" : "its release")
        {
            IsUnspecified = true,
            ReleasedByDispose = isDisposable,
            ReleasedThroughItself = isDisposable,
            ReleaseTemplate = isDisposable ? "{0}.Dispose()" : null,
        };
    }

    private static ITypeSymbol? TypeOfBlock(Statement statement, IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.Constructor)
        {
            return method.ContainingType;
        }

        if (statement.Parameters.IsEmpty)
        {
            return method.ReturnType;
        }

        return statement.Parameters[0].In(method) is var ordinal and >= 0 ? method.Parameters[ordinal].Type : method.ContainingType;
    }
}
