using System.Collections.Concurrent;
using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Candidates;

/// <summary>
/// Tells which bodies can have to do with a block at all: by the names in the text before anything is bound, and by what
/// the names mean once a body is. Thread-safe.
/// </summary>
internal sealed class CandidateIndex
{
    private readonly KnownMembers _known;
    private readonly Once<NameClosure> _names;
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _mayBeOwners = new(SymbolEqualityComparer.Default);
    private readonly CancellationToken _cancellationToken;

    public CandidateIndex(Compilation compilation, KnownMembers known, CancellationToken cancellationToken)
    {
        _known = known;
        _cancellationToken = cancellationToken;
        _names = new Once<NameClosure>(() => ClosureCache.Of(compilation.SyntaxTrees.ToImmutableArray(), known.InterestingNames, cancellationToken), cancellationToken);
    }

    /// <summary>The names that matter, and the members behind them.</summary>
    public NameClosure Names => _names.Value;

    /// <summary>Whether the code at <paramref name="body"/> mentions a name that matters.</summary>
    public bool IsCandidate(SyntaxNode body) => IsCandidate(body.SyntaxTree, body.Span);

    /// <summary>Whether the code in the span mentions a name that matters.</summary>
    public bool IsCandidate(SyntaxTree tree, TextSpan span) =>
        _names.Value.IsCandidate(tree, span, _cancellationToken);

    /// <summary>Whether any part of the type's text mentions a name that matters.</summary>
    public bool IsAnyCandidateIn(INamedTypeSymbol? type) =>
        type is not null && type.DeclaringSyntaxReferences.Any(reference => IsCandidate(reference.SyntaxTree, reference.Span));

    /// <summary>Whether one of the operations in <paramref name="body"/> allocates or releases, or calls what does.</summary>
    public bool MeansAny(IOperation body)
    {
        var pending = new Stack<IOperation>();
        pending.Push(body);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (Means(current))
            {
                return true;
            }

            foreach (var child in current.ChildOperations)
            {
                pending.Push(child);
            }
        }

        return false;
    }

    private bool Means(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => invocation.TargetMethod.MethodKind != MethodKind.DelegateInvoke && (Means(invocation.TargetMethod) || _known.ContractOf(invocation) is { GivesOrReleases: true }),
        IObjectCreationOperation { Constructor: { } constructor } => Means(constructor),
        // a struct that nobody makes: its members fill it later
        IDefaultValueOperation { Type: INamedTypeSymbol { IsValueType: true } type } => IsOwner(type),
        IVariableDeclaratorOperation { Initializer: null, Symbol.Type: INamedTypeSymbol { IsValueType: true } type } => IsOwner(type),
        IPropertyReferenceOperation { Property: { } property } => Means(property.GetMethod ?? property.SetMethod),
        IMethodReferenceOperation reference => Means(reference.Method),
        IConversionOperation { OperatorMethod: { } conversion } => Means(conversion),
        IBinaryOperation { OperatorMethod: { } binary } => Means(binary),
        IUnaryOperation { OperatorMethod: { } unary } => Means(unary),
        IInvalidOperation or IDynamicInvocationOperation => NamesAny(operation),
        _ => false,
    };

    /// <summary>What does not bind, as in text that is still being typed, means what its names say; those in its operands have meanings of their own.</summary>
    private bool NamesAny(IOperation unbound)
    {
        var tree = unbound.Syntax.SyntaxTree;
        var start = unbound.Syntax.SpanStart;
        foreach (var operand in unbound.ChildOperations.Select(static child => child.Syntax.Span).OrderBy(static span => span.Start))
        {
            if (start < operand.Start && IsCandidate(tree, TextSpan.FromBounds(start, operand.Start)))
            {
                return true;
            }

            start = Math.Max(start, operand.End);
        }

        return start < unbound.Syntax.Span.End && IsCandidate(tree, TextSpan.FromBounds(start, unbound.Syntax.Span.End));
    }

    /// <summary>Whether objects of the type own a block from the beginning or later, as the names tell.</summary>
    public bool IsOwner(INamedTypeSymbol type) => _names.Value.IsOwner(type.Name);

    /// <summary>Whether a variable of the type may hold an object that owns a block or releases one, as the names tell.</summary>
    public bool MayBeOwner(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.IsEmpty
            ? type.Name.EndsWith("Handle", StringComparison.Ordinal) || type.Name.EndsWith("Owner", StringComparison.Ordinal)
            : _mayBeOwners.GetOrAdd(type.OriginalDefinition, one => _names.Value.WithDerived(one.Name).Any(_names.Value.IsOwner) || IsAnyCandidateIn(one));

    private bool Means(IMethodSymbol? method)
    {
        if (method is null)
        {
            return false;
        }

        if (_known.ContractOf(method) is { } contract && contract.GivesOrReleases)
        {
            return true;
        }

        if (method.MethodKind == MethodKind.Constructor)
        {
            return _names.Value.IsOwner(method.ContainingType.Name);
        }

        method = method.ReducedFrom ?? method;
        var declarations = (method.AssociatedSymbol ?? method).DeclaringSyntaxReferences;
        if (declarations.IsEmpty)
        {
            return method.ContainingType?.TypeKind == TypeKind.Error;
        }

        // which body a call of a virtual member runs is not known: its name decides
        if (method.IsAbstract || method.IsVirtual || method.IsOverride || method.PartialImplementationPart is not null || method.PartialDefinitionPart is not null)
        {
            return _names.Value.ContainsName((method.AssociatedSymbol ?? method).Name) || declarations.Any(declaration => _names.Value.Contains(declaration.GetSyntax()));
        }

        return method.MethodKind != MethodKind.LocalFunction && declarations.Any(declaration => _names.Value.Contains(declaration.GetSyntax()));
    }
}
