using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules.Contracts;

/// <summary>How messages about contracts name a member.</summary>
internal static class ContractNames
{
    /// <summary>The name as code would write it: a constructor by its type, an accessor by its property.</summary>
    public static string Of(IMethodSymbol method) => method switch
    {
        { MethodKind: MethodKind.Constructor } => method.ContainingType.Name,
        { AssociatedSymbol: { } property } => property.Name,
        _ => method.Name,
    };
}
