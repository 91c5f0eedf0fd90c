using LifetimeAnalyzers.Contexts.Tables;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Contexts;

/// <summary>How long an instance of a type lives, as far as it can be seen.</summary>
internal enum InstanceLifetime
{
    /// <summary>Not visible.</summary>
    Unknown,

    /// <summary>One instance per process.</summary>
    Singleton,

    /// <summary>An instance per request, or per use.</summary>
    Request,
}

/// <summary>
/// Tells which types have one instance per process and which have one per request: by their registration, where the
/// compilation shows it, or by what the framework does with their base type. Thread-safe; the registrations are read once.
/// </summary>
internal sealed class SingletonTypes(IdentifierIndex index, SemanticModels models)
{
    private readonly object _gate = new();
    private Dictionary<INamedTypeSymbol, InstanceLifetime>? _registered;

    /// <summary>Whether there is one instance of <paramref name="type"/> for the whole process.</summary>
    public bool IsSingleton(ITypeSymbol? type, CancellationToken cancellationToken) => Of(type, cancellationToken) == InstanceLifetime.Singleton;

    /// <summary>How long an instance of <paramref name="type"/> lives. A registration weighs more than a base type.</summary>
    public InstanceLifetime Of(ITypeSymbol? type, CancellationToken cancellationToken)
    {
        if (type is not INamedTypeSymbol named)
        {
            return InstanceLifetime.Unknown;
        }

        if (Registered(cancellationToken).TryGetValue(named.OriginalDefinition, out InstanceLifetime lifetime))
        {
            return lifetime;
        }

        foreach (INamedTypeSymbol ancestor in TypeNames.Ancestry(named))
        {
            if (RegistrationTable.InstanceLifetimes.TryGetValue(TypeNames.Of(ancestor), out InstanceLifetime byFramework))
            {
                return byFramework;
            }
        }

        return MvcControllers.IsController(named) ? InstanceLifetime.Request
            : HoldsItsOnlyInstance(named) || MiddlewareConvention.IsMiddleware(named) ? InstanceLifetime.Singleton
            : InstanceLifetime.Unknown;
    }

    /// <summary>The singleton pattern: no constructor that others could call, and a static member that holds the instance.</summary>
    private static bool HoldsItsOnlyInstance(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, IsAbstract: false } &&
        type.InstanceConstructors.All(constructor => constructor.DeclaredAccessibility == Accessibility.Private) &&
        type.GetMembers().Any(member => member is { IsStatic: true } and (IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null }) &&
            SymbolEqualityComparer.Default.Equals((member as IFieldSymbol)?.Type ?? (member as IPropertySymbol)?.Type, type)) &&
        type.InstanceConstructors.Length > 0;

    private Dictionary<INamedTypeSymbol, InstanceLifetime> Registered(CancellationToken cancellationToken)
    {
        Dictionary<INamedTypeSymbol, InstanceLifetime>? known = Volatile.Read(ref _registered);
        if (known is not null)
        {
            return known;
        }

        lock (_gate)
        {
            return _registered ??= Read(cancellationToken);
        }
    }

    private Dictionary<INamedTypeSymbol, InstanceLifetime> Read(CancellationToken cancellationToken)
    {
        var found = new Dictionary<INamedTypeSymbol, InstanceLifetime>(SymbolEqualityComparer.Default);
        foreach (KeyValuePair<string, InstanceLifetime> method in RegistrationTable.Methods)
        {
            foreach (SyntaxToken token in index.PlacesOf(method.Key, cancellationToken))
            {
                if (token.Parent is SimpleNameSyntax name && name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && Called(call) == name)
                {
                    Add(found, call, method.Value, cancellationToken);
                }
            }
        }

        return found;
    }

    private void Add(Dictionary<INamedTypeSymbol, InstanceLifetime> found, InvocationExpressionSyntax call, InstanceLifetime lifetime, CancellationToken cancellationToken)
    {
        SemanticModel model = models.For(call.SyntaxTree);
        if (model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol method || !RegistrationTable.IsRegistration(method))
        {
            return;
        }

        var types = new List<ITypeSymbol?>(method.TypeArguments);
        foreach (ArgumentSyntax argument in call.ArgumentList.Arguments)
        {
            switch (argument.Expression)
            {
                case TypeOfExpressionSyntax of:
                    types.Add(model.GetTypeInfo(of.Type, cancellationToken).Type);
                    break;
                case BaseObjectCreationExpressionSyntax creation:
                    types.Add(model.GetTypeInfo(creation, cancellationToken).Type);
                    break;
                case LambdaExpressionSyntax { ExpressionBody: { } made }:
                    types.Add(model.GetTypeInfo(made, cancellationToken).Type);
                    break;
                case LambdaExpressionSyntax { Block: { } block }:
                    types.AddRange(LoopExits.WithoutFunctions(block).OfType<ReturnStatementSyntax>()
                        .Where(statement => statement.Expression is not null)
                        .Select(statement => model.GetTypeInfo(statement.Expression!, cancellationToken).Type));
                    break;
            }
        }

        foreach (ITypeSymbol? type in types)
        {
            if (type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface or TypeKind.Struct } named)
            {
                // Registered both ways: which instance the code at hand runs in cannot be seen.
                INamedTypeSymbol definition = named.OriginalDefinition;
                found[definition] = found.TryGetValue(definition, out InstanceLifetime other) && other != lifetime ? InstanceLifetime.Unknown : lifetime;
            }
        }
    }

    private static SimpleNameSyntax? Called(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };
}
