using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>The release that a finding names, completed with what only the code at hand says: the pool, the class of an imported function.</summary>
internal static class ReleaseTemplates
{
    public static string Of(FixSite site)
    {
        var template = site.Finding.ReleaseTemplate;
        if (!template.StartsWith("{0}.", StringComparison.Ordinal) && OfObject(site) is { } own)
        {
            return own;
        }

        if (template.Length == 0)
        {
            return Imported(site) is { Length: > 0 } imported ? imported : OfSameClass(site);
        }

        if (!template.Contains("{1}"))
        {
            return template;
        }

        return Allocation(site) is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } && IsStable(access.Expression) && site.Model.GetSymbolInfo(access.Expression, site.CancellationToken).Symbol is not ITypeSymbol
            ? template.Replace("{1}", access.Expression.ToString())
            : OfSameClass(site);
    }

    /// <summary>The block lies in an object: the method of that object that releases it. Whether it really does is seen when the result is analyzed.</summary>
    private static string? OfObject(FixSite site)
    {
        if (Allocation(site) is not { } allocation
            || site.Model.GetTypeInfo(allocation, site.CancellationToken).Type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None, Name: not ("Task" or "ValueTask") } type)
        {
            return null;
        }

        if (type.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_IDisposable))
        {
            return "{0}.Dispose()";
        }

        var methods = new[] { "Dispose", "Free", "Release", "Close", "Destroy" }.Where(name => site.Model.LookupSymbols(allocation.SpanStart, type, name).Any(member => member is IMethodSymbol { IsStatic: false, ReturnsVoid: true, Parameters.IsEmpty: true })).ToList();
        return methods.Count > 0 ? "{0}." + methods[0] + "()"
            : type.AllInterfaces.Any(face => face is { Name: "IAsyncDisposable", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }) ? "{0}.DisposeAsync()"
            : null;
    }

    private static ExpressionSyntax? Allocation(FixSite site)
    {
        var span = site.Finding.PlacesOf(FixData.Allocation).Select(place => (Microsoft.CodeAnalysis.Text.TextSpan?)place).FirstOrDefault() ?? site.Finding.Span;
        return site.NodeAt<ExpressionSyntax>(span) is { } node ? OwnedBlock.Bare(node) : null;
    }

    /// <summary>The pool is the same when it is named again.</summary>
    private static bool IsStable(ExpressionSyntax target) => target.DescendantNodesAndSelf().All(node => node is NameSyntax or MemberAccessExpressionSyntax or ThisExpressionSyntax or TypeSyntax or TypeArgumentListSyntax);

    /// <summary>The imported function of the expected name, in the class that imports the allocation.</summary>
    private static string Imported(FixSite site)
    {
        var wanted = site.Finding.Property(FixData.ReleaseTextKey);
        if (wanted.Length == 0 || Allocation(site) is not { } allocation || site.Model.GetSymbolInfo(allocation, site.CancellationToken).Symbol is not IMethodSymbol { ContainingType: { } type } method || EntryPoint(method) is null)
        {
            return string.Empty;
        }

        var release = type.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(member => EntryPoint(member) == wanted && member.Parameters.Length == 1);
        return release is null ? string.Empty : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." + release.Name + "({0})";
    }

    /// <summary>
    /// The block comes from a function of the project, and the class of that function has one that takes such a block and
    /// calls the release. Whether it really releases is seen when the result is analyzed.
    /// </summary>
    private static string OfSameClass(FixSite site)
    {
        var wanted = site.Finding.Property(FixData.ReleaseTextKey).Split('.').Last();
        if (wanted.Length == 0 || Allocation(site) is not { } allocation || site.Model.GetSymbolInfo(allocation, site.CancellationToken).Symbol is not IMethodSymbol { IsStatic: true, ReturnsVoid: false, ContainingType: { } type } method)
        {
            return string.Empty;
        }

        var release = type.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(member =>
            member is { IsStatic: true, ReturnsVoid: true, IsGenericMethod: false, Parameters: { Length: 1 } parameters } && parameters[0].RefKind == RefKind.None
            && SymbolEqualityComparer.Default.Equals(parameters[0].Type, method.ReturnType)
            && site.Model.IsAccessible(allocation.SpanStart, member)
            && member.DeclaringSyntaxReferences.Any(part => part.GetSyntax(site.CancellationToken).DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == wanted)));
        return release is null ? string.Empty : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." + release.Name + "({0})";
    }

    private static string? EntryPoint(IMethodSymbol method)
    {
        if (method.GetDllImportData() is { } import)
        {
            return import.EntryPointName ?? method.Name;
        }

        var attribute = (method.PartialDefinitionPart ?? method).GetAttributes().FirstOrDefault(candidate => candidate.AttributeClass?.Name == "LibraryImportAttribute");
        return attribute is null ? null : attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "EntryPoint").Value.Value as string ?? method.Name;
    }
}
