using LifetimeAnalyzers.Contexts.Tables;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Contexts;

/// <summary>The context that attributes give: on the method itself, on what it overrides or implements, or on its type.</summary>
internal static class ContextAttributes
{
    /// <summary>The context of <paramref name="method"/> of <paramref name="type"/>; unknown without an attribute.</summary>
    public static ExecutionContext Of(IMethodSymbol method, INamedTypeSymbol type)
    {
        foreach (ISymbol declaration in Declarations(method, type))
        {
            foreach (AttributeData attribute in declaration.GetAttributes())
            {
                if (Own(attribute, method.Name) is { Kind: not ExecutionContextKind.Unknown } own)
                {
                    return own;
                }

                foreach (ContextRule rule in AttributeTable.OnMethods)
                {
                    if (TypeNames.IsOrDerivesFrom(attribute.AttributeClass, rule.Type))
                    {
                        return rule.For(method.Name);
                    }
                }
            }
        }

        // A class outside may carry the attribute for everything in it.
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            for (INamedTypeSymbol? current = outer; current is not null; current = current.BaseType)
            {
                if (OnType(current, method) is { Kind: not ExecutionContextKind.Unknown } found)
                {
                    return found;
                }
            }
        }

        return ExecutionContext.Unknown;
    }

    private static ExecutionContext OnType(INamedTypeSymbol type, IMethodSymbol method)
    {
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (Own(attribute, method.Name) is { Kind: not ExecutionContextKind.Unknown } own)
            {
                return own;
            }

            if (method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public })
            {
                foreach (ContextRule rule in AttributeTable.OnTypes)
                {
                    if (TypeNames.Is(attribute.AttributeClass, rule.Type) && rule.Names(method.Name))
                    {
                        return rule.For(method.Name);
                    }
                }
            }
        }

        return ExecutionContext.Unknown;
    }

    private static ExecutionContext Own(AttributeData attribute, string member) =>
        TypeNames.Is(attribute.AttributeClass, AttributeTable.PersistentServer) ? new(ExecutionContextKind.PersistentServer, $"the persistent server '{member}'")
        : TypeNames.Is(attribute.AttributeClass, AttributeTable.RequestHandler) ? new(ExecutionContextKind.RequestHandler, $"the request handler '{member}'")
        : ExecutionContext.Unknown;

    /// <summary>The method, its property, what it overrides, and the interface members it implements with their interfaces.</summary>
    private static IEnumerable<ISymbol> Declarations(IMethodSymbol method, INamedTypeSymbol type)
    {
        for (IMethodSymbol? current = method; current is not null; current = current.OverriddenMethod)
        {
            yield return current;
            if (current.AssociatedSymbol is { } property)
            {
                yield return property;
            }
        }

        foreach (IMethodSymbol implemented in RuleMatch.Implemented(method, type))
        {
            yield return implemented;
            yield return implemented.ContainingType;
        }
    }
}
