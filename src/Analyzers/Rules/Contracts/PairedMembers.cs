using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules.Contracts;

/// <summary>
/// An interface or abstract class has members that hand out memory and members that take it back. A type whose implementations of the
/// first allocate otherwise than those of the second release can only be wrong, whoever calls them (LIFE008).
/// </summary>
internal sealed class PairedMembers(FieldOwnership ownership)
{
    /// <summary>The release of a parameter that fits nothing which the other members hand out.</summary>
    public IEnumerable<Diagnostic> Judge(IMethodSymbol method, BodyResult result, CancellationToken cancellationToken)
    {
        if (Released(method, result) is not { Family: { } released, At: { } at } effect || DeclarationOf(method) is not { } declaration)
        {
            yield break;
        }

        Family? allocated = null;
        foreach (var declared in declaration.ContainingType.GetMembers())
        {
            if (declared is not IMethodSymbol { MethodKind: MethodKind.Ordinary } sibling || SymbolEqualityComparer.Default.Equals(sibling, declaration) ||
                ImplementationOf(sibling, method.ContainingType) is not { } implementation || ownership.SummaryOf(implementation, cancellationToken) is not { } summary)
            {
                continue;
            }

            foreach (var outcome in summary.Outcomes)
            {
                if (outcome.Effects.Any(other => other is { Ownership: Ownership.Released, Input.Place.Kind: PlaceKind.Parameter } && other.Family?.IsNotFor(released) != false) && !HandsOut(result.Summary, released))
                {
                    // that one may be for what is handed out, and this one for something else
                    yield break;
                }

                if (outcome.Result is Pointer { IsView: false, Offset: Offset.Start, Block: { Site: not null, OwnerType: null, Family: { } family } })
                {
                    if (!released.IsNotFor(family))
                    {
                        yield break;
                    }

                    allocated ??= family;
                }
            }
        }

        if (allocated is not null)
        {
            yield return Diagnostic.Create(Descriptors.WrongFamily, at.Syntax.GetLocation(), Evidence.OfFamily(allocated), $"'{((IParameterSymbol)effect.Input.Place!.Root).Name}'", released.ReleaseText, allocated.Name, allocated.ReleaseText);
        }
    }

    /// <summary>The release of one of its parameters that the body does itself.</summary>
    private static InputEffect? Released(IMethodSymbol method, BodyResult result) =>
        method is { IsOverride: true } || !method.ContainingType.AllInterfaces.IsEmpty
            ? result.Summary.Outcomes.SelectMany(static outcome => outcome.Effects).FirstOrDefault(effect =>
                effect is { Ownership: Ownership.Released, Family: { IsInferred: false, IsUnspecified: false, IsCounted: false }, At: { } at, Input: { Kind: SymKind.Input, Place.Kind: PlaceKind.Parameter } } && result.Unit.Syntax.Span.Contains(at.Syntax.Span) && at.Syntax.SyntaxTree == result.Unit.Syntax.SyntaxTree)
            : null;

    /// <summary>The body gives back another block of the family that it releases: a reallocation.</summary>
    private static bool HandsOut(Summary summary, Family released) =>
        summary.Outcomes.Any(outcome => outcome.Result is Pointer { IsView: false, Block: { Site: not null, Family: { } family } } && family.Name == released.Name);

    /// <summary>The abstract member of the source that the method implements.</summary>
    private static IMethodSymbol? DeclarationOf(IMethodSymbol method)
    {
        if (method.IsOverride)
        {
            var declared = method;
            while (declared.OverriddenMethod is { } overridden)
            {
                declared = overridden;
            }

            return declared is { IsAbstract: true, DeclaringSyntaxReferences.IsEmpty: false } ? declared : null;
        }

        foreach (var contract in method.ContainingType.AllInterfaces)
        {
            if (contract.DeclaringSyntaxReferences.IsEmpty)
            {
                continue;
            }

            foreach (var member in contract.GetMembers())
            {
                if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } declared && SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(declared), method))
                {
                    return declared;
                }
            }
        }

        return null;
    }

    private static IMethodSymbol? ImplementationOf(IMethodSymbol declared, INamedTypeSymbol type)
    {
        if (declared.ContainingType.TypeKind == TypeKind.Interface)
        {
            return type.FindImplementationForInterfaceMember(declared) as IMethodSymbol;
        }

        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(declared.Name))
            {
                if (member is IMethodSymbol { IsOverride: true } method && Overrides(method, declared))
                {
                    return method;
                }
            }
        }

        return null;
    }

    private static bool Overrides(IMethodSymbol method, IMethodSymbol declared)
    {
        for (var current = method.OverriddenMethod; current is not null; current = current.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, declared.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }
}
