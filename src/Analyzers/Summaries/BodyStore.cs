using System.Collections.Concurrent;
using LifetimeAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Finds the bodies of methods, each once. Thread-safe.</summary>
internal sealed class BodyStore
{
    private readonly Compilation _compilation;
    private readonly ConcurrentDictionary<SyntaxNode, BodyUnit?> _units = new();

    public BodyStore(Compilation compilation)
    {
        _compilation = compilation;
    }

    /// <summary>The semantic model of a tree of the compilation.</summary>
    public SemanticModel ModelOf(SyntaxTree tree) =>
#pragma warning disable RS1030 // Bodies of callees lie in other trees; the driver's compilation hands out its cached models.
        _compilation.GetSemanticModel(tree);
#pragma warning restore RS1030

    /// <summary>Whether the tree belongs to the compilation and not to a project that it refers to.</summary>
    public bool IsInCompilation(SyntaxTree tree) => _compilation.ContainsSyntaxTree(tree);

    /// <summary>The body of a method; null when there is none to read.</summary>
    public BodyUnit? BodyOf(IMethodSymbol method, CancellationToken cancellationToken) =>
        PlaceOf(method, cancellationToken) is { } place ? BodyAt(place, cancellationToken) : null;

    /// <summary>Where the body of a method lies; null when there is none to read. Nothing is bound to find that.</summary>
    public BodyPlace? PlaceOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        method = (method.PartialImplementationPart ?? method).OriginalDefinition;
        if (method.DeclaringSyntaxReferences.IsEmpty || method.IsAbstract || method.IsExtern)
        {
            return null;
        }

        var syntax = method.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);
        return _compilation.ContainsSyntaxTree(syntax.SyntaxTree) && syntax is LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax
            ? new BodyPlace(syntax, method)
            : null;
    }

    /// <summary>The body at a place; null when there is none to read.</summary>
    public BodyUnit? BodyAt(BodyPlace place, CancellationToken cancellationToken) =>
        _units.TryGetValue(place.Syntax, out var known) ? known
        : place.Syntax is LocalFunctionStatementSyntax function ? LocalFunction((IMethodSymbol)place.Member, function, cancellationToken)
        : BodyAt(place.Syntax, place.Member, ModelOf(place.Syntax.SyntaxTree), cancellationToken);

    /// <summary>The body that is declared at <paramref name="syntax"/>: a method, an accessor, an initializer, a compilation unit with top-level statements.</summary>
    public BodyUnit? BodyAt(SyntaxNode syntax, ISymbol member, SemanticModel model, CancellationToken cancellationToken)
    {
        if (_units.TryGetValue(syntax, out var known))
        {
            return known;
        }

        var unit = RootOf(syntax, model, cancellationToken) is { } root ? new BodyUnit(member, root, syntax) : null;
        return _units.GetOrAdd(syntax, unit);
    }

    /// <summary>The body of a declaration; null when there is none to read.</summary>
    public BodyUnit? UnitOf(SyntaxNode declaration, CancellationToken cancellationToken)
    {
        var model = ModelOf(declaration.SyntaxTree);
        var member = declaration switch
        {
            ArrowExpressionClauseSyntax { Parent: { } property } => (model.GetDeclaredSymbol(property, cancellationToken) as IPropertySymbol)?.GetMethod,
            EqualsValueClauseSyntax { Parent: { } initialized } => model.GetDeclaredSymbol(initialized, cancellationToken),
            _ => model.GetDeclaredSymbol(declaration, cancellationToken),
        };
        return member is null ? null : BodyAt(declaration, member, model, cancellationToken);
    }

    /// <summary>The bodies of the lambdas and local functions that lie directly in <paramref name="unit"/>.</summary>
    public IEnumerable<BodyUnit> NestedIn(BodyUnit unit)
    {
        foreach (var function in unit.Functions)
        {
            if (NestedAt(unit, function) is { } nested)
            {
                yield return nested;
            }
        }
    }

    /// <summary>The body of the lambda or local function that <paramref name="declaration"/> is; null when it is none.</summary>
    public BodyUnit? NestedAt(BodyUnit outer, IOperation declaration)
    {
        var function = (declaration as IAnonymousFunctionOperation)?.Symbol ?? (declaration as ILocalFunctionOperation)?.Symbol;
        return function is null ? null
            : _units.TryGetValue(declaration.Syntax, out var known) && known is not null ? known
            : _units.GetOrAdd(declaration.Syntax, new BodyUnit(outer, function, declaration));
    }

    private BodyUnit? LocalFunction(IMethodSymbol function, LocalFunctionStatementSyntax syntax, CancellationToken cancellationToken)
    {
        if (_units.TryGetValue(syntax, out var known))
        {
            return known;
        }

        // outermost first: each body gives the graphs of the functions that lie in it
        var path = new Stack<SyntaxNode>();
        SyntaxNode? root = null;
        ISymbol? member = null;
        for (var node = (SyntaxNode?)syntax; node is not null; node = node.Parent)
        {
            if (node is LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)
            {
                path.Push(node);
            }
            else if (node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax } or CompilationUnitSyntax or EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } or PropertyDeclarationSyntax })
            {
                root = node;
                break;
            }
        }

        for (ISymbol? symbol = function; symbol is not null; symbol = symbol.ContainingSymbol)
        {
            if (symbol is not IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.LambdaMethod })
            {
                member = symbol;
                break;
            }
        }

        if (root is null || member is null)
        {
            return null;
        }

        var unit = BodyAt(root, member, ModelOf(syntax.SyntaxTree), cancellationToken);
        while (unit is not null && path.Count > 0)
        {
            var next = path.Pop();
            unit = NestedIn(unit).FirstOrDefault(nested => nested.Syntax == next);
        }

        return unit;
    }

    private static IOperation? RootOf(SyntaxNode syntax, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetOperation(syntax, cancellationToken) is { Parent: null } operation and (IBlockOperation or IMethodBodyOperation or IConstructorBodyOperation or IFieldInitializerOperation or IPropertyInitializerOperation)
            ? operation
            : null;
}
