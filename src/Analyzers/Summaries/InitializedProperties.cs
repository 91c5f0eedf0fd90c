using System.Collections.Concurrent;
using LifetimeAnalyzers.Candidates;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Properties that are set nowhere but in object initializers, so that what they are given finds nothing there. Thread-safe, memoised.</summary>
internal sealed class InitializedProperties(Compilation compilation, BodyStore bodies)
{
    private readonly ConcurrentDictionary<IPropertySymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether <paramref name="setter"/> belongs to such a property.</summary>
    public bool IsSetter(IMethodSymbol setter, CancellationToken cancellationToken) =>
        setter is { MethodKind: MethodKind.PropertySet, AssociatedSymbol: IPropertySymbol { IsIndexer: false } property } &&
        (property.SetMethod!.IsInitOnly || (IsOnlyVisibleHere(property) && _known.GetOrAdd(property.OriginalDefinition, one => IsOnlyInitialized(one, cancellationToken))));

    private static bool IsOnlyVisibleHere(ISymbol property)
    {
        for (ISymbol? symbol = property; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOnlyInitialized(IPropertySymbol property, CancellationToken cancellationToken)
    {
        var isInitialized = false;
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!TreeWords.Of(tree, cancellationToken).Mentions(property.Name))
            {
                continue;
            }

            foreach (var node in tree.GetRoot(cancellationToken).DescendantNodes())
            {
                if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != property.Name || !IsWritten(name, out var isInitializer) ||
                    !SymbolEqualityComparer.Default.Equals(bodies.ModelOf(tree).GetSymbolInfo(name, cancellationToken).Symbol?.OriginalDefinition, property))
                {
                    continue;
                }

                if (!isInitializer)
                {
                    return false;
                }

                isInitialized = true;
            }
        }

        return isInitialized;
    }

    private static bool IsWritten(IdentifierNameSyntax name, out bool isInitializer)
    {
        ExpressionSyntax reference = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        isInitializer = reference == name && name.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ObjectInitializerExpression } };
        return reference.Parent is AssignmentExpressionSyntax assignment ? assignment.Left == reference
            : reference.Parent is PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax || reference.Parent?.Parent is TupleExpressionSyntax;
    }
}
