using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Contexts;

/// <summary>What a call does to a request scope.</summary>
internal enum RequestScopeCall
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Begins a scope that ends with the request.</summary>
    Begin,

    /// <summary>Begins a scope of a persistent server: it ends with the process.</summary>
    BeginPersistent,

    /// <summary>Ends a scope.</summary>
    End,
}

/// <summary>Recognises the calls that begin and end a request scope, in the runtime library or in a project's own copy of it.</summary>
internal static class RequestScopeCalls
{
    /// <summary>The full name of the scope's type.</summary>
    public const string TypeName = "LifetimeAnalyzers.RequestScope";

    /// <summary>What calling <paramref name="method"/> does.</summary>
    public static RequestScopeCall Of(IMethodSymbol? method)
    {
        if (method is null || !TypeNames.Is(method.ContainingType, TypeName))
        {
            return RequestScopeCall.None;
        }

        return method.Name switch
        {
            "Begin" when method.IsStatic => RequestScopeCall.Begin,
            "BeginPersistent" when method.IsStatic => RequestScopeCall.BeginPersistent,
            "End" or "EndAsync" or "Dispose" or "DisposeAsync" when !method.IsStatic => RequestScopeCall.End,
            _ => RequestScopeCall.None,
        };
    }

    /// <summary>Whether a value of <paramref name="type"/> is a request scope.</summary>
    public static bool IsScope(ITypeSymbol? type) => TypeNames.Is(type, TypeName);
}
