using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Elements;

/// <summary>Arrays that were made and not rented.</summary>
internal static class NewArrays
{
    /// <summary>Whether the value is an array that the body, or a library function whose name says so, has made.</summary>
    public static bool Is(Value value) =>
        value is Sym { Type: IArrayTypeSymbol } symbol && (symbol.Kind == SymKind.NewObject || Copier(symbol) is not null);

    /// <summary>An array without elements stands for none: pools take it, and forget it.</summary>
    public static bool IsEmpty(IOperation creation) =>
        creation is IArrayCreationOperation { DimensionSizes: var sizes } ? sizes.Length == 1 && sizes[0].ConstantValue is { HasValue: true, Value: 0 } : !creation.ChildOperations.Any();

    /// <summary>The library function that made the array; null when it was not made by one.</summary>
    public static IMethodSymbol? Copier(Sym symbol) =>
        symbol is { Kind: SymKind.Result, Type: IArrayTypeSymbol, Origin: IInvocationOperation { TargetMethod: { Name: "ToArray" or "AllocateArray" or "AllocateUninitializedArray" or "GetBytes" } method } } && method.DeclaringSyntaxReferences.IsEmpty
            ? method
            : null;
}
