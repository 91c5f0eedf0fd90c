using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.Lifetimes;

/// <summary>Which objects release by themselves what they have, some time after nobody can reach them any more.</summary>
internal static class Finalizers
{
    /// <summary>Whether the type, or one that it derives from, has a finalizer.</summary>
    public static bool Has(ITypeSymbol? type)
    {
        for (; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            if (type.GetMembers("Finalize").Any(static member => member is IMethodSymbol { MethodKind: MethodKind.Destructor }) || type.Name == "CriticalFinalizerObject")
            {
                return true;
            }
        }

        return false;
    }
}
