using LifetimeAnalyzers.Contexts.Tables;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Contexts;

/// <summary>Decides whether a line of the tables reaches a method.</summary>
internal static class RuleMatch
{
    /// <summary>Whether <paramref name="rule"/>, one of the lines for <paramref name="type"/>'s ancestry, reaches <paramref name="method"/>.</summary>
    public static bool Reaches(ContextRule rule, IMethodSymbol method, INamedTypeSymbol type)
    {
        if (method.IsStatic || method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation or MethodKind.PropertyGet or MethodKind.PropertySet))
        {
            return false;
        }

        bool isPublic = method is { DeclaredAccessibility: Accessibility.Public, MethodKind: MethodKind.Ordinary };
        return rule.Reach switch
        {
            RuleReach.ByName => isPublic && rule.Names(method.Name) && !HasAttribute(method, "Microsoft.AspNetCore.Mvc.RazorPages.NonHandlerAttribute"),
            RuleReach.PublicMethods when isPublic && rule.Names(method.Name) => !OverridesObject(method),
            _ => FulfilsMemberOf(rule, method, type),
        };
    }

    /// <summary>
    /// Whether a configured line means <paramref name="method"/>: its type, a base type, an interface or an attribute is
    /// named, or the method itself.
    /// </summary>
    public static bool ByConfiguration(ContextRule rule, IMethodSymbol method, INamedTypeSymbol type)
    {
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation))
        {
            return false;
        }

        if (rule.Reach == RuleReach.ByName)
        {
            string name = method.ExplicitInterfaceImplementations.FirstOrDefault()?.Name ?? method.Name;
            return rule.Names(name) && TypeNames.IsOrDerivesFrom(type, rule.Type);
        }

        if (Carries(method, rule.Type) || Carries(type, rule.Type))
        {
            return method.DeclaredAccessibility == Accessibility.Public || Carries(method, rule.Type);
        }

        if (!TypeNames.IsOrDerivesFrom(type, rule.Type))
        {
            return false;
        }

        bool isInterface = type.AllInterfaces.Any(implemented => TypeNames.Is(implemented, rule.Type));
        return FulfilsMemberOf(rule, method, type) ||
            (!isInterface && method is { DeclaredAccessibility: Accessibility.Public, MethodKind: MethodKind.Ordinary } && !OverridesObject(method));
    }

    /// <summary>A gRPC service's method: it overrides one of a generated base, and is handed the call's context.</summary>
    public static bool IsGrpcMethod(IMethodSymbol method)
    {
        for (IMethodSymbol? overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (HasAttribute(overridden.ContainingType, "Grpc.Core.BindServiceMethodAttribute") ||
                (overridden.Parameters.Length > 0 && TypeNames.Is(overridden.Parameters[overridden.Parameters.Length - 1].Type, "Grpc.Core.ServerCallContext")))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The interface members that <paramref name="method"/> implements for <paramref name="type"/>.</summary>
    public static IEnumerable<IMethodSymbol> Implemented(IMethodSymbol method, INamedTypeSymbol type)
    {
        foreach (IMethodSymbol @explicit in method.ExplicitInterfaceImplementations)
        {
            yield return @explicit;
        }

        if (method.IsStatic || method.DeclaredAccessibility != Accessibility.Public)
        {
            yield break;
        }

        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            foreach (ISymbol member in implemented.GetMembers(method.Name))
            {
                if (member is IMethodSymbol candidate && type.FindImplementationForInterfaceMember(candidate) is IMethodSymbol implementation && IsOrOverrides(method, implementation))
                {
                    yield return candidate;
                }
            }
        }
    }

    private static bool FulfilsMemberOf(ContextRule rule, IMethodSymbol method, INamedTypeSymbol type)
    {
        for (IMethodSymbol? overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (rule.Names(overridden.Name) && !OverridesObject(overridden) && TypeNames.IsOrDerivesFrom(overridden.ContainingType, rule.Type))
            {
                return true;
            }
        }

        return Implemented(method, type).Any(member => rule.Names(member.Name) && TypeNames.IsOrDerivesFrom(member.ContainingType, rule.Type));
    }

    private static bool IsOrOverrides(IMethodSymbol method, IMethodSymbol implementation)
    {
        for (IMethodSymbol? current = method; current is not null; current = current.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, implementation.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    private static bool OverridesObject(IMethodSymbol method)
    {
        IMethodSymbol first = method;
        while (first.OverriddenMethod is { } overridden)
        {
            first = overridden;
        }

        return first.ContainingType.SpecialType == SpecialType.System_Object;
    }

    private static bool Carries(ISymbol symbol, string attributeName) =>
        symbol.GetAttributes().Any(attribute => TypeNames.IsOrDerivesFrom(attribute.AttributeClass, attributeName));

    private static bool HasAttribute(ISymbol symbol, string name) => symbol.GetAttributes().Any(attribute => TypeNames.Is(attribute.AttributeClass, name));
}
