using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>Compares the keys of an aggregate: symbols as Roslyn does.</summary>
internal sealed class MemberComparer : IEqualityComparer<object>
{
    public static readonly MemberComparer Instance = new();

    bool IEqualityComparer<object>.Equals(object? x, object? y) =>
        x is ISymbol left ? y is ISymbol right && SymbolEqualityComparer.Default.Equals(left, right) : Equals(x, y);

    int IEqualityComparer<object>.GetHashCode(object key) =>
        key is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : key.GetHashCode();
}
