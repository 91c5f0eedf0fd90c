using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Contexts;

/// <summary>A place in the source: an expression, with the model that understands it.</summary>
internal readonly record struct CodePlace(SyntaxNode Node, SemanticModel Model);

/// <summary>
/// Where a member of the compilation is called, or handed over as a delegate. Found by name in the text first, then by
/// symbol; bounded; remembered. Thread-safe.
/// </summary>
internal sealed class CallSites(IdentifierIndex index, SemanticModels models)
{
    /// <summary>So many places of one name are bound.</summary>
    private const int MaximumBound = 250;

    /// <summary>So many callers of one member are followed.</summary>
    private const int MaximumSites = 50;

    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<CodePlace>> _sites = new(SymbolEqualityComparer.Default);

    /// <summary>The places where <paramref name="symbol"/> is used: a method, constructor, accessor, property, local function, or a local or field that holds a delegate.</summary>
    public ImmutableArray<CodePlace> Of(ISymbol symbol, CancellationToken cancellationToken)
    {
        if (_sites.TryGetValue(symbol, out ImmutableArray<CodePlace> known))
        {
            return known;
        }

        ImmutableArray<CodePlace> found = Find(symbol, cancellationToken).Take(MaximumSites).ToImmutableArray();
        return _sites.GetOrAdd(symbol, found);
    }

    private IEnumerable<CodePlace> Find(ISymbol symbol, CancellationToken cancellationToken)
    {
        if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
        {
            return FindCreations(constructor, cancellationToken);
        }

        ISymbol target = symbol switch
        {
            IMethodSymbol { AssociatedSymbol: { } property } => property,
            IMethodSymbol { PartialDefinitionPart: { } declared } => declared,
            _ => symbol,
        };
        if (target.Name.Length == 0 || target is IMethodSymbol { MethodKind: MethodKind.Destructor or MethodKind.StaticConstructor or MethodKind.UserDefinedOperator or MethodKind.Conversion })
        {
            return [];
        }

        if (target is ILocalSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction })
        {
            return FindInBody(target, cancellationToken);
        }

        HashSet<ISymbol> names = Aliases(target);
        string name = target is IMethodSymbol { ExplicitInterfaceImplementations: { Length: > 0 } @explicit } ? @explicit[0].Name : target.Name;
        return Bound(index.PlacesOf(name, cancellationToken), names, cancellationToken);
    }

    private IEnumerable<CodePlace> FindInBody(ISymbol target, CancellationToken cancellationToken)
    {
        SyntaxNode? declaration = target.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken);
        SyntaxNode? body = declaration?.FirstAncestorOrSelf<SyntaxNode>(node => node is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);
        if (body is null)
        {
            return [];
        }

        IEnumerable<SyntaxToken> tokens = body.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == target.Name);
        return Bound(tokens, new HashSet<ISymbol>(SymbolEqualityComparer.Default) { target.OriginalDefinition }, cancellationToken);
    }

    private IEnumerable<CodePlace> Bound(IEnumerable<SyntaxToken> tokens, HashSet<ISymbol> targets, CancellationToken cancellationToken)
    {
        int left = MaximumBound;
        foreach (SyntaxToken token in tokens)
        {
            if (token.Parent is not SimpleNameSyntax name || name.IsPartOfStructuredTrivia() || InNameOf(name) || !targets.Any(target => FitsCall(target, name)))
            {
                continue;
            }

            if (--left < 0)
            {
                yield break;
            }

            cancellationToken.ThrowIfCancellationRequested();
            SemanticModel model = models.For(name.SyntaxTree);
            SymbolInfo info = model.GetSymbolInfo(name, cancellationToken);
            if (Matches(info.Symbol, targets) || info.CandidateSymbols.Any(candidate => Matches(candidate, targets)))
            {
                yield return new CodePlace(WholeName(name), model);
            }
        }
    }

    private IEnumerable<CodePlace> FindCreations(IMethodSymbol constructor, CancellationToken cancellationToken)
    {
        string typeName = constructor.ContainingType.Name;
        int left = MaximumBound;
        foreach (SyntaxTree tree in index.TreesWith(typeName, cancellationToken))
        {
            SemanticModel model = models.For(tree);
            foreach (SyntaxNode node in tree.GetRoot(cancellationToken).DescendantNodes())
            {
                bool candidate = node switch
                {
                    ObjectCreationExpressionSyntax creation => LastName(creation.Type) == typeName,
                    ImplicitObjectCreationExpressionSyntax or ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax => true,
                    _ => false,
                };
                if (!candidate)
                {
                    continue;
                }

                if (--left < 0)
                {
                    yield break;
                }

                cancellationToken.ThrowIfCancellationRequested();
                if (SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(node, cancellationToken).Symbol?.OriginalDefinition, constructor.OriginalDefinition))
                {
                    yield return new CodePlace(node, model);
                }
            }
        }
    }

    /// <summary>A virtual member is also called through what it overrides or implements, as far as that is the project's own.</summary>
    private static HashSet<ISymbol> Aliases(ISymbol target)
    {
        var aliases = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { target.OriginalDefinition };
        for (ISymbol? current = Overridden(target); current is not null && InSource(current); current = Overridden(current))
        {
            aliases.Add(current.OriginalDefinition);
        }

        if (target is { IsStatic: false, ContainingType: { TypeKind: not TypeKind.Interface } type } and (IMethodSymbol or IPropertySymbol))
        {
            foreach (INamedTypeSymbol implemented in type.AllInterfaces.Where(InSource))
            {
                foreach (ISymbol member in implemented.GetMembers())
                {
                    if (member.Kind == target.Kind && type.FindImplementationForInterfaceMember(member) is { } implementation && aliases.Contains(implementation.OriginalDefinition))
                    {
                        aliases.Add(member.OriginalDefinition);
                    }
                }
            }
        }

        return aliases;
    }

    private static bool Matches(ISymbol? symbol, HashSet<ISymbol> targets) =>
        symbol is not null &&
        (targets.Contains(symbol.OriginalDefinition) || (symbol is IMethodSymbol { ReducedFrom: { } reduced } && targets.Contains(reduced.OriginalDefinition)));

    /// <summary>Whether a call of this name, if it is one, has a number of arguments that the method can be called with. Spares binding it.</summary>
    private static bool FitsCall(ISymbol target, SimpleNameSyntax name)
    {
        SyntaxNode called = WholeName(name);
        if (target is not IMethodSymbol method || called.Parent is not InvocationExpressionSyntax call || call.Expression != called)
        {
            return true;
        }

        int given = call.ArgumentList.Arguments.Count + (method.IsExtensionMethod ? 1 : 0);
        return given >= method.Parameters.Count(parameter => !parameter.IsOptional && !parameter.IsParams) &&
            (call.ArgumentList.Arguments.Count <= method.Parameters.Length || method.Parameters.Any(parameter => parameter.IsParams));
    }

    private static ISymbol? Overridden(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        _ => null,
    };

    private static bool InSource(ISymbol symbol) => symbol.DeclaringSyntaxReferences.Length > 0;

    private static bool InNameOf(SimpleNameSyntax name) =>
        name.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" } callee && callee != name;

    private static string LastName(TypeSyntax type) => type switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        _ => "",
    };

    /// <summary><c>a.b.Name</c> for <c>Name</c>: the expression that is called or handed over.</summary>
    private static SyntaxNode WholeName(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name => access,
        MemberBindingExpressionSyntax binding => binding,
        _ => name,
    };
}
