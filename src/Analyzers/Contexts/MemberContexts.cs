using System.Collections.Concurrent;
using LifetimeAnalyzers.Contexts.Tables;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Contexts;

/// <summary>
/// The context that a member has by itself: by attribute, configuration, framework, or because it starts the process.
/// Remembers its judgements; thread-safe.
/// </summary>
internal sealed class MemberContexts(Compilation compilation, ContextOptions options, SingletonTypes lifetimes, MvcPresence mvc)
{
    private static readonly ILookup<string, ContextRule> s_builtIn =
        RequestHandlerTable.Rules.Concat(FrameworkTable.Rules).Concat(ProcessTable.Rules).ToLookup(rule => rule.Type);

    private readonly ConcurrentDictionary<ISymbol, ExecutionContext> _judged = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, ContextRule[]> _rulesOfType = new(SymbolEqualityComparer.Default);
    private readonly Lazy<IMethodSymbol?> _entryPoint = new(() => compilation.GetEntryPoint(CancellationToken.None));

    /// <summary>The context of <paramref name="member"/> by itself; unknown when its callers decide.</summary>
    public ExecutionContext Of(ISymbol member, CancellationToken cancellationToken) =>
        _judged.TryGetValue(member, out ExecutionContext known) ? known : _judged.GetOrAdd(member, WithOrigin(Judge(member, cancellationToken), member));

    /// <summary>What a member that is handed <paramref name="parameters"/> must be; unknown when they do not tell.</summary>
    public static ExecutionContext ByParameters(IEnumerable<IParameterSymbol> parameters, string words)
    {
        ExecutionContext found = ExecutionContext.Unknown;
        foreach (IParameterSymbol parameter in parameters)
        {
            foreach (INamedTypeSymbol ancestor in TypeNames.Ancestry(parameter.Type))
            {
                string name = TypeNames.Of(ancestor);
                if (Array.IndexOf(ProcessTable.RequestParameters, name) >= 0)
                {
                    return new(ExecutionContextKind.RequestHandler, words);
                }

                if (Array.IndexOf(ProcessTable.StartUpParameters, name) >= 0)
                {
                    found = new(ExecutionContextKind.StartUp, words);
                }
            }
        }

        return found;
    }

    /// <summary>The hosting model's word on a context that was found in <paramref name="tree"/>.</summary>
    public ExecutionContext Hosted(ExecutionContext context, SyntaxTree? tree) =>
        context.Kind == ExecutionContextKind.RequestHandler && options.IsPersistentHosting(tree)
            ? context with { Kind = ExecutionContextKind.PersistentServer, Reason = context.Reason + " of a persistent server" }
            : context;

    private static ExecutionContext WithOrigin(ExecutionContext context, ISymbol member) =>
        context.Kind == ExecutionContextKind.Unknown ? context : context with { Origin = member.Locations.FirstOrDefault(location => location.IsInSource) };

    private ExecutionContext Judge(ISymbol member, CancellationToken cancellationToken)
    {
        SyntaxTree? tree = member.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree ?? member.ContainingType?.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree;
        if (member.ContainingType is not { } type ||
            member is not (IMethodSymbol or IFieldSymbol { Type.TypeKind: not TypeKind.Delegate } or IPropertySymbol { Type.TypeKind: not TypeKind.Delegate }))
        {
            // A local, or a field that holds a delegate: what calls it decides.
            return ExecutionContext.Unknown;
        }

        IMethodSymbol? method = member as IMethodSymbol;
        bool builds = method is { MethodKind: MethodKind.Constructor } || method is null || IsDispose(method);
        if (!builds && ContextAttributes.Of(method!, type) is { Kind: not ExecutionContextKind.Unknown } declared)
        {
            return Hosted(declared, tree);
        }

        if (member.IsStatic && method is null or { MethodKind: MethodKind.StaticConstructor })
        {
            return new(ExecutionContextKind.StartUp, $"the static initialization of '{type.Name}'");
        }

        ExecutionContext found = builds ? OfInstance(type, cancellationToken)
            : method!.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction ? ExecutionContext.Unknown
            : OfMethod(method, type, tree, cancellationToken);
        return Hosted(found, tree);
    }

    /// <summary>Constructors, initialisers and Dispose run as often as there are instances.</summary>
    private ExecutionContext OfInstance(INamedTypeSymbol type, CancellationToken cancellationToken) => lifetimes.Of(type, cancellationToken) switch
    {
        InstanceLifetime.Singleton => new(ExecutionContextKind.StartUp, $"the singleton '{type.Name}'"),
        InstanceLifetime.Request when mvc.HasRequests => new(ExecutionContextKind.RequestHandler, $"'{type.Name}', of which each request has its own"),
        _ => ExecutionContext.Unknown,
    };

    private ExecutionContext OfMethod(IMethodSymbol method, INamedTypeSymbol type, SyntaxTree? tree, CancellationToken cancellationToken)
    {
        foreach (ContextRule rule in options.Rules(tree))
        {
            if (RuleMatch.ByConfiguration(rule, method, type))
            {
                return rule.For(method.Name);
            }
        }

        if (SymbolEqualityComparer.Default.Equals(method, _entryPoint.Value))
        {
            return new(ExecutionContextKind.StartUp, "the start of the program");
        }

        foreach (ContextRule rule in RulesOf(type))
        {
            if (RuleMatch.Reaches(rule, method, type))
            {
                return rule.For(method.Name);
            }
        }

        if (MvcControllers.IsAction(method) && (MvcControllers.IsController(type) || MvcControllers.IsControllerBase(type) || IsControllerByName(type, cancellationToken)))
        {
            return new(ExecutionContextKind.RequestHandler, $"the controller action '{method.Name}'");
        }

        if (MvcControllers.IsViewComponent(method))
        {
            return new(ExecutionContextKind.RequestHandler, $"the view component '{type.Name}'");
        }

        if (MiddlewareConvention.IsInvoke(method))
        {
            return new(ExecutionContextKind.RequestHandler, $"the middleware '{type.Name}'");
        }

        if (RuleMatch.IsGrpcMethod(method))
        {
            return new(ExecutionContextKind.RequestHandler, $"the gRPC method '{method.Name}'");
        }

        ExecutionContext configuring = ByParameters(method.Parameters, $"'{method.Name}', which configures the application");
        return configuring.Kind == ExecutionContextKind.StartUp ? configuring : ExecutionContext.Unknown;
    }

    private bool IsControllerByName(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        MvcControllers.IsControllerByNameAlone(type) && mvc.IsAtWork(cancellationToken) && !lifetimes.IsSingleton(type, cancellationToken);

    private ContextRule[] RulesOf(INamedTypeSymbol type) =>
        _rulesOfType.GetOrAdd(type, key => TypeNames.Ancestry(key).SelectMany(ancestor => s_builtIn[TypeNames.Of(ancestor)]).ToArray());

    private static bool IsDispose(IMethodSymbol method) => method is { IsStatic: false, Name: "Dispose" or "DisposeAsync", Parameters.Length: 0 or 1 };
}
