using LifetimeAnalyzers.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Request scopes of single endpoints and groups of them.</summary>
public static class RequestScopeEndpointConventions
{
    /// <summary>Gives the endpoints their own memory limit in bytes; -1 for no limit.</summary>
    public static TBuilder WithRequestMemoryLimit<TBuilder>(this TBuilder builder, long bytes)
        where TBuilder : IEndpointConventionBuilder => builder.With(new RequestMemoryLimitAttribute(bytes));

    /// <summary>Gives the endpoints their own memory limit, written as <c>16M</c>.</summary>
    public static TBuilder WithRequestMemoryLimit<TBuilder>(this TBuilder builder, string size)
        where TBuilder : IEndpointConventionBuilder => builder.With(new RequestMemoryLimitAttribute(size));

    /// <summary>Says which kind of scope the endpoints get.</summary>
    public static TBuilder WithRequestScope<TBuilder>(this TBuilder builder, RequestScopeMode mode)
        where TBuilder : IEndpointConventionBuilder => builder.With(new RequestScopeModeAttribute(mode));

    private static TBuilder With<TBuilder>(this TBuilder builder, IRequestScopeMetadata metadata)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(metadata));
        return builder;
    }
}
