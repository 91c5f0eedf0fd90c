using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Lifetimes;

/// <summary>Which pool a buffer is rented from or returned to, and whether two of them can be one.</summary>
internal static class Pools
{
    private const string Shared = "Shared";

    /// <summary>The key of a pool that the object or body was handed: it may be anybody's, only that whoever hands one over does not mean the shared one.</summary>
    private const string Given = "Given";

    /// <summary>Two pools of one body that are certainly not one: only what is sure is reported.</summary>
    public static bool AreDifferent(Value? rentedFrom, Value? returnedTo)
    {
        // a pool of the source may be another one behind its own name
        if (rentedFrom is not Sym from || returnedTo is not Sym to || from == to || IsOfSource(from.Type) || IsOfSource(to.Type))
        {
            return false;
        }

        // A pool made here is no other; two different variables of the outside may hold the same pool, unless they are fields of one object.
        return IsOwn(from) ? IsOwn(to) || to.Kind == SymKind.Read
            : IsOwn(to) ? from.Kind == SymKind.Read
            : IsShared(to) ? IsGiven(from)
            : from.Place is { Kind: PlaceKind.Member } one && to.Place is { Kind: PlaceKind.Member } other && one.Parent == other.Parent;
    }

    /// <summary>What tells a pool apart from every other one, in whatever body: the shared one, or a field that keeps one of its own; null when it may be any.</summary>
    public static object? KeyOf(Value? pool) => pool switch
    {
        Sym { Type: { } type } when IsOfSource(type) => null,
        Sym read when IsShared(read) => Shared,
        Sym given when IsGiven(given) => Given,
        Sym { Place.Root: IFieldSymbol field } kept when IsOwn(kept) => field.OriginalDefinition,
        _ => null,
    };

    /// <summary>Whether two keys are those of different pools.</summary>
    public static bool AreApart(object? one, object? other) =>
        one is not null && other is not null && !one.Equals(other) && (one is Given ? other is Shared : other is not Given || one is Shared);

    private static bool IsShared(Sym pool) => pool is { Kind: SymKind.Read, Origin: ReadOrigin { Member: IPropertySymbol { Name: Shared } } };

    /// <summary>A parameter of a constructor, or what a readonly field was given by one, where the type says nowhere that it may be the shared pool.</summary>
    private static bool IsGiven(Sym pool) => pool is { IsInput: true, Place: { } place } && place.Root switch
    {
        IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { } type } } parameter => !parameter.HasExplicitDefaultValue && !GivesShared(type),
        IFieldSymbol { IsReadOnly: true, IsStatic: false, DeclaredAccessibility: Accessibility.Private } field => InitializerOf(place) is null or IdentifierNameSyntax && !GivesShared(field.ContainingType),
        _ => false,
    };

    /// <summary><c>_pool = pool ?? ArrayPool&lt;byte&gt;.Shared</c>, <c>: this(ArrayPool&lt;byte&gt;.Shared)</c>: a mention of the shared pool that nothing is asked of.</summary>
    private static bool GivesShared(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Any(static declared => declared.GetSyntax().DescendantTokens().Any(static token =>
        token.ValueText == Shared && token.Parent is IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: not MemberAccessExpressionSyntax } }));

    private static bool IsOfSource(ITypeSymbol? type) => type is { DeclaringSyntaxReferences.IsEmpty: false };

    /// <summary>A pool that was made for one purpose: here, or in the initializer of a field that keeps it.</summary>
    private static bool IsOwn(Sym pool) =>
        (pool.Kind == SymKind.Result && !IsByFunctionOfSource(pool)) ||
        (pool.Place is { Root: IFieldSymbol { IsReadOnly: true } } field && InitializerOf(field) is ObjectCreationExpressionSyntax or ImplicitObjectCreationExpressionSyntax or
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Create" } });

    /// <summary>What a function of the source has made it may keep, and find again the next time: <c>_pool ??= ArrayPool&lt;byte&gt;.Create();</c>.</summary>
    private static bool IsByFunctionOfSource(Sym pool) =>
        (pool.Origin is ValueTuple<IOperation, object> part ? part.Item1 : pool.Origin) is IInvocationOperation { TargetMethod.DeclaringSyntaxReferences.IsEmpty: false };

    /// <summary>What a readonly field is given in its declaration.</summary>
    public static ExpressionSyntax? InitializerOf(Place place) =>
        place.Root is IFieldSymbol { IsReadOnly: true, DeclaringSyntaxReferences: { IsEmpty: false } references } && references[0].GetSyntax() is VariableDeclaratorSyntax declarator
            ? declarator.Initializer?.Value
            : null;
}
