using System.Collections.Concurrent;
using System.Collections.Immutable;
using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Which bodies a call can run, and which calls are worth following. Thread-safe, memoised.</summary>
internal sealed class CallTargets
{
    private const int MaxTargets = 8;
    private const int TinyBody = 200;
    private const int SmallBody = 600;
    private readonly Compilation _compilation;
    private readonly KnownMembers _known;
    private readonly CandidateIndex _candidates;
    private readonly CarrierTypes _carriers;
    private readonly Func<SyntaxTree, SemanticModel> _modelOf;
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<IMethodSymbol>> _implementations = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableArray<(IMethodSymbol Method, string Name, bool IsDisposal)>> _redirected = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _worthFollowing = new(SymbolEqualityComparer.Default);
    private readonly DerivedTypes _derived;

    public CallTargets(Compilation compilation, KnownMembers known, CandidateIndex candidates, Func<SyntaxTree, SemanticModel> modelOf)
    {
        _modelOf = modelOf;
        _candidates = candidates;
        _compilation = compilation;
        _known = known;
        _carriers = new CarrierTypes(known);
        _derived = new DerivedTypes(compilation, candidates);
    }

    /// <summary>The methods with bodies that a call of <paramref name="method"/> runs; empty when that is not known.</summary>
    public ImmutableArray<IMethodSymbol> TargetsOf(IMethodSymbol method, ITypeSymbol? exactType, CancellationToken cancellationToken)
    {
        method = method.ReducedFrom ?? method;
        if (!IsDispatched(method) || (exactType is not null && SymbolEqualityComparer.Default.Equals(exactType, method.ContainingType) && !method.IsAbstract))
        {
            return HasBody(method) ? ImmutableArray.Create(method.OriginalDefinition) : ImmutableArray<IMethodSymbol>.Empty;
        }

        if (exactType is INamedTypeSymbol exact)
        {
            return Implementation(exact, method) is { } one && HasBody(one) ? ImmutableArray.Create(one.OriginalDefinition) : ImmutableArray<IMethodSymbol>.Empty;
        }

        return _implementations.GetOrAdd(method.OriginalDefinition, definition => FindImplementations(definition, cancellationToken));
    }

    /// <summary>The methods that the unit calls and whose summaries can matter to it, and whether it calls one whose contract says that it allocates or releases.</summary>
    public (List<IMethodSymbol> Methods, List<INamedTypeSymbol> Made, bool Matters) CalledBy(BodyUnit unit, CancellationToken cancellationToken)
    {
        var matters = false;
        var made = new List<INamedTypeSymbol>();
        var found = new List<IMethodSymbol>();
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in unit.Operations())
        {
            matters |= Consider(unit, operation, found, seen, cancellationToken);
            if (operation is IObjectCreationOperation { Type: INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } type } && !made.Contains(type, SymbolEqualityComparer.Default))
            {
                made.Add(type);
            }
        }

        return (found, made, matters);
    }

    /// <summary>The initializers of fields that allocate something for each object of the type.</summary>
    public IEnumerable<(EqualsValueClauseSyntax Syntax, ISymbol Member)> InitializersOf(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        for (var current = type.OriginalDefinition; current is { DeclaringSyntaxReferences.IsEmpty: false }; current = current.BaseType?.OriginalDefinition)
        {
            if (!_candidates.IsOwner(current))
            {
                continue;
            }

            foreach (var member in current.GetMembers())
            {
                if (!member.IsStatic && member is IFieldSymbol or IPropertySymbol && member.DeclaringSyntaxReferences.Length == 1 &&
                    InitializerOf(member.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken)) is { } initializer && _candidates.IsCandidate(initializer.SyntaxTree, initializer.Span))
                {
                    yield return (initializer, member);
                }
            }
        }
    }

    private static EqualsValueClauseSyntax? InitializerOf(SyntaxNode declaration) =>
        declaration is VariableDeclaratorSyntax variable ? variable.Initializer : (declaration as PropertyDeclarationSyntax)?.Initializer;

    /// <summary>Adds what the operation may run; true when it allocates or releases by contract.</summary>
    private bool Consider(BodyUnit unit, IOperation operation, List<IMethodSymbol> found, HashSet<IMethodSymbol> seen, CancellationToken cancellationToken)
    {
        var gives = false;
        switch (operation)
        {
            case IInvocationOperation invocation:
                gives = _known.ContractOf(invocation)?.GivesOrReleases == true;
                Add(invocation.TargetMethod, invocation.Instance is IObjectCreationOperation made ? made.Type : invocation.Instance?.Type is { } declared && Calls.IsExact(declared) ? declared : null);
                break;
            case IObjectCreationOperation { Constructor: { } constructor } creation:
                Add(constructor, null);
                if ((BaseConstruction.BehindImplicit(constructor) ?? BaseConstruction.BehindPrimary(constructor, _modelOf)?.TargetMethod) is { } written)
                {
                    Add(written, null);
                }

                if (!constructor.DeclaringSyntaxReferences.IsEmpty || creation.Type is { DeclaringSyntaxReferences.IsEmpty: false })
                {
                    AddOverridesOf(creation.Type, unit.Syntax);
                }

                break;
            case IPropertyReferenceOperation property when References.BackingField(property.Property) is null:
                if (property.Property.GetMethod is { } getter)
                {
                    Add(getter, null);
                }

                if (property.Property.SetMethod is { } setter)
                {
                    Add(setter, null);
                }

                break;
            case IMethodReferenceOperation method:
                Add(method.Method, null);
                break;
            case IUsingOperation { Resources: { } resources, IsAsynchronous: var isAsynchronous }:
                AddDisposalOf(resources, isAsynchronous);
                break;
            case IUsingDeclarationOperation { DeclarationGroup: { } resources, IsAsynchronous: var isAsynchronous }:
                AddDisposalOf(resources, isAsynchronous);
                break;
            case IForEachLoopOperation { Syntax: CommonForEachStatementSyntax loop, SemanticModel: { } model }:
                var enumeration = model.GetForEachStatementInfo(loop);
                foreach (var step in new[] { enumeration.GetEnumeratorMethod, enumeration.MoveNextMethod, enumeration.CurrentProperty?.GetMethod, enumeration.DisposeMethod })
                {
                    if (step is not null)
                    {
                        Add(step, null);
                    }
                }

                break;
            case IConversionOperation { OperatorMethod: { } conversion }:
                Add(conversion, null);
                break;
            case IBinaryOperation { OperatorMethod: { } binary }:
                Add(binary, null);
                break;
            case IUnaryOperation { OperatorMethod: { } unary }:
                Add(unary, null);
                break;
        }

        return gives;

        // The method that is found by its name; what is called through the interface is known by the object that is made.
        void AddDisposalOf(IOperation resources, bool isAsynchronous)
        {
            var types = resources is IVariableDeclarationGroupOperation group
                ? group.Declarations.SelectMany(static declaration => declaration.Declarators).Select(static declarator => (ITypeSymbol?)declarator.Symbol.Type)
                : new[] { resources is IConversionOperation conversion ? conversion.Operand.Type : resources.Type };
            foreach (var type in types)
            {
                for (var current = type; current is not null && (isAsynchronous || current.IsRefLikeType); current = current.BaseType)
                {
                    if (current.GetMembers(isAsynchronous ? "DisposeAsync" : "Dispose").OfType<IMethodSymbol>().FirstOrDefault(static method => method is { IsStatic: false, Parameters.IsEmpty: true }) is { } disposal)
                    {
                        Add(disposal, null);
                        break;
                    }
                }
            }
        }

        void Add(IMethodSymbol method, ITypeSymbol? exactType)
        {
            if (method.MethodKind == MethodKind.DelegateInvoke)
            {
                return;
            }

            if (_known.ContractOf(method) is { } contract)
            {
                gives |= contract.GivesOrReleases;
                return;
            }

            if (!InSource(method))
            {
                return;
            }

            foreach (var target in TargetsOf(method, exactType, cancellationToken))
            {
                if (seen.Add(target) && IsWorthFollowing(target))
                {
                    found.Add(target);
                }
            }
        }

        // An object whose type is exactly known runs its own overrides, whatever it is called through.
        void AddOverridesOf(ITypeSymbol? type, SyntaxNode caller)
        {
            var words = TreeWords.Of(caller.SyntaxTree, cancellationToken);
            for (var current = type as INamedTypeSymbol; current is not null && !current.DeclaringSyntaxReferences.IsEmpty; current = current.BaseType)
            {
                foreach (var (method, name, isDisposal) in _redirected.GetOrAdd(current.OriginalDefinition, static declared => RedirectedIn(declared)))
                {
                    if ((isDisposal || words.MentionsIn(caller.Span, name, WordShapes.Any)) && seen.Add(method) && IsWorthFollowing(method))
                    {
                        found.Add(method);
                    }
                }
            }
        }
    }

    /// <summary>The methods of a type that calls through a base or an interface may run, with their simple names.</summary>
    private static ImmutableArray<(IMethodSymbol Method, string Name, bool IsDisposal)> RedirectedIn(INamedTypeSymbol type)
    {
        var found = ImmutableArray.CreateBuilder<(IMethodSymbol, string, bool)>();
        var offered = new HashSet<string>(type.AllInterfaces.SelectMany(static offer => offer.MemberNames), StringComparer.Ordinal);
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol { IsStatic: false, MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation } method &&
                (method.IsOverride || method.IsVirtual || IsDispatched(method) || !method.ExplicitInterfaceImplementations.IsEmpty || offered.Contains(method.Name)) && HasBody(method))
            {
                var isDisposal = method.Name == "ReleaseHandle" || method.Name.EndsWith("Dispose", StringComparison.Ordinal) || method.Name.EndsWith("DisposeAsync", StringComparison.Ordinal);
                found.Add((method, method.Name.Substring(method.Name.LastIndexOf('.') + 1), isDisposal));
            }
        }

        return found.ToImmutable();
    }

    private bool InSource(IMethodSymbol method) =>
        !method.DeclaringSyntaxReferences.IsEmpty || (IsDispatched(method) && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _compilation.Assembly)) || method.Name is "Dispose" or "DisposeAsync";

    /// <summary>A body matters when it can be handed a block, hand one out, keep one, never return, or answer with a constant.</summary>
    private bool IsWorthFollowing(IMethodSymbol method) =>
        _worthFollowing.TryGetValue(method, out var known) ? known : _worthFollowing.GetOrAdd(method, JudgeWorth(method));

    private bool JudgeWorth(IMethodSymbol method)
    {
        if (method.MethodKind is MethodKind.LocalFunction or MethodKind.LambdaMethod)
        {
            return true;
        }

        var syntax = method.DeclaringSyntaxReferences[0];
        if (!_candidates.IsCandidate(syntax.SyntaxTree, syntax.Span))
        {
            // It neither allocates nor releases: what is left is to keep, to use, to answer with a constant, never to return.
            return syntax.Span.Length < TinyBody || IsOfOwner(method) || ThrowHelpers.Is(method, syntax) || (syntax.Span.Length < SmallBody && (CarrierTypes.IsDirectCarrier(method.ReturnType) || HandsOnView(method) || method.Parameters.Any(parameter => CarrierTypes.IsCarrierOrCollection(parameter.Type))));
        }

        if (_carriers.CanCarry(method.ReturnType))
        {
            return true;
        }

        foreach (var parameter in method.Parameters)
        {
            if (_carriers.CanCarry(parameter.Type))
            {
                return true;
            }
        }

        if (Calls.IsExtensionMember(method))
        {
            return true;
        }

        if (!method.IsStatic && _carriers.HasCarryingField(method.ContainingType))
        {
            return true;
        }

        // short ones answer with constants, or always throw
        return syntax.Span.Length < SmallBody;
    }

    /// <summary>What a body like that gives looks into the same memory as what it is handed: a trimmed span.</summary>
    private static bool HandsOnView(IMethodSymbol method) => Calls.IsViewType(method.ReturnType) && method.Parameters.Any(static parameter => Calls.IsViewType(parameter.Type));

    /// <summary>Objects own from the beginning what a base type's constructor, or an initializer, takes.</summary>
    private bool IsOfOwner(IMethodSymbol method) => method.MethodKind == MethodKind.Constructor && _candidates.IsOwner(method.ContainingType);

    /// <summary>What a generator writes to call a native function says nothing of what the function does.</summary>
    private static bool HasBody(IMethodSymbol method) =>
        !method.DeclaringSyntaxReferences.IsEmpty && !method.IsAbstract && !method.IsExtern && !KnownMembers.IsImport(method);

    private static bool IsDispatched(IMethodSymbol method) =>
        method.IsStatic ? method is { IsAbstract: true, ContainingType.TypeKind: TypeKind.Interface }
            : (method.IsAbstract || method.IsVirtual || (method.IsOverride && !method.IsSealed)) && !method.ContainingType.IsSealed;

    private ImmutableArray<IMethodSymbol> FindImplementations(IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (!SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _compilation.Assembly))
        {
            // types of other assemblies may implement it as well
            return ImmutableArray<IMethodSymbol>.Empty;
        }

        if (method.ContainingType.TypeKind == TypeKind.Interface && IsOfCom(method.ContainingType))
        {
            // native code implements it; a type of the source that does stands in for that in a test
            return ImmutableArray<IMethodSymbol>.Empty;
        }

        var found = ImmutableArray.CreateBuilder<IMethodSymbol>();
        if (HasBody(method))
        {
            found.Add(method);
        }

        foreach (var type in _derived.Of(method.ContainingType))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (DeclaresOwn(type, method) && Implementation(type, method) is { } implementation && HasBody(implementation) && !found.Contains(implementation.OriginalDefinition, SymbolEqualityComparer.Default))
            {
                found.Add(implementation.OriginalDefinition);
                if (found.Count > MaxTargets)
                {
                    return ImmutableArray<IMethodSymbol>.Empty;
                }
            }
        }

        return found.ToImmutable();
    }

    private static bool IsOfCom(INamedTypeSymbol type) =>
        type.IsComImport || type.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "GeneratedComInterfaceAttribute" });

    /// <summary>
    /// Whether the type itself may have what the call runs; another one has that of its base, which is looked at by itself. By names
    /// alone: the compiler makes the members of a type with a primary constructor by reading all of its bodies.
    /// </summary>
    private static bool DeclaresOwn(INamedTypeSymbol type, IMethodSymbol method) =>
        Names(type, method) || (method.ContainingType.TypeKind == TypeKind.Interface && type.Interfaces.Any(own => IsOrDerives(own, method.ContainingType)));

    private static bool IsOrDerives(INamedTypeSymbol type, INamedTypeSymbol from) =>
        SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, from.OriginalDefinition) || type.AllInterfaces.Any(wider => SymbolEqualityComparer.Default.Equals(wider.OriginalDefinition, from.OriginalDefinition));

    private static bool Names(INamedTypeSymbol type, IMethodSymbol method)
    {
        var name = (method.AssociatedSymbol ?? method).Name;
        return type.MemberNames.Contains(name);
    }

    private static IMethodSymbol? Implementation(INamedTypeSymbol type, IMethodSymbol method)
    {
        if (method.ContainingType.TypeKind == TypeKind.Interface)
        {
            var declared = type.AllInterfaces.FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method.ContainingType.OriginalDefinition));
            var member = declared?.GetMembers(method.Name).OfType<IMethodSymbol>().FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method.OriginalDefinition));
            return member is null ? null : type.FindImplementationForInterfaceMember(member) as IMethodSymbol;
        }

        for (var current = type; current is not null; current = current.BaseType)
        {
            if (!Names(current, method))
            {
                continue;
            }

            foreach (var member in current.GetMembers(method.Name))
            {
                for (var candidate = member as IMethodSymbol; candidate is not null; candidate = candidate.OverriddenMethod)
                {
                    if (SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method.OriginalDefinition))
                    {
                        return (IMethodSymbol)member;
                    }
                }
            }
        }

        return null;
    }
}
