using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Contexts;

/// <summary>Middleware by convention: a class with a public <c>Invoke</c> or <c>InvokeAsync</c> whose first parameter is an <c>HttpContext</c>.</summary>
internal static class MiddlewareConvention
{
    private const string HttpContext = "Microsoft.AspNetCore.Http.HttpContext";
    private const string RequestDelegate = "Microsoft.AspNetCore.Http.RequestDelegate";

    /// <summary>Whether the pipeline calls <paramref name="method"/> for every request.</summary>
    public static bool IsInvoke(IMethodSymbol method) =>
        method is { Name: "Invoke" or "InvokeAsync", DeclaredAccessibility: Accessibility.Public, IsStatic: false, Parameters.Length: > 0 } &&
        TypeNames.Is(method.Parameters[0].Type, HttpContext);

    /// <summary>Whether <paramref name="type"/> is made once, when the pipeline is built, and handed the next delegate.</summary>
    public static bool IsMiddleware(INamedTypeSymbol type) =>
        type.GetMembers().Any(member => member is IMethodSymbol method && IsInvoke(method)) &&
        type.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter => TypeNames.Is(parameter.Type, RequestDelegate)));
}
