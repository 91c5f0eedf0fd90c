using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>From a pattern to the symbols of a compilation, and from a symbol to the names that patterns use.</summary>
internal static class MemberBinding
{
    /// <summary>The type that <paramref name="pattern"/> names, wherever it is declared; null when the compilation has none.</summary>
    public static INamedTypeSymbol? TypeOf(Compilation compilation, MemberPattern pattern) =>
        pattern.Kind == 'I' ? null : TypeOf(compilation, pattern.TypeName);

    /// <summary>The type of that name, in a documentation id's spelling; null when the compilation has none.</summary>
    public static INamedTypeSymbol? TypeOf(Compilation compilation, string typeName) =>
        DocumentationCommentId.GetFirstSymbolForDeclarationId("T:" + typeName, compilation) as INamedTypeSymbol;

    /// <summary>The methods that <paramref name="pattern"/> means in <paramref name="type"/>.</summary>
    public static IEnumerable<IMethodSymbol> MethodsOf(INamedTypeSymbol type, MemberPattern pattern) =>
        type.GetMembers().OfType<IMethodSymbol>().Where(method => pattern.Matches(method, SimpleName(method), pattern.TypeName));

    /// <summary>The first method that <paramref name="pattern"/> means; null when there is none.</summary>
    public static IMethodSymbol? FirstMethod(Compilation compilation, MemberPattern pattern) =>
        TypeOf(compilation, pattern) is { } type ? MethodsOf(type, pattern).FirstOrDefault() : null;

    /// <summary>The simple name by which patterns find <paramref name="method"/>: a property's for its accessors, <c>#ctor</c> for constructors.</summary>
    public static string SimpleName(IMethodSymbol method) => method switch
    {
        { MethodKind: MethodKind.Constructor } => "#ctor",
        { MethodKind: MethodKind.StaticConstructor } => "#cctor",
        { AssociatedSymbol: IPropertySymbol property } => property.MetadataName,
        _ => method.Name,
    };

    /// <summary>The name of <paramref name="type"/> as documentation ids have it, without the <c>T:</c>.</summary>
    public static string TypeName(INamedTypeSymbol type)
    {
        var name = type.MetadataName;
        if (type.ContainingType is { } outer)
        {
            return TypeName(outer) + "." + name;
        }

        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() + "." + name : name;
    }
}
