using LifetimeAnalyzers.AspNetCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers request scopes.</summary>
public static class RequestScopesServiceCollectionExtensions
{
    /// <summary>Registers request scopes, configured by the section <c>RequestScopes</c> of the application's configuration.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Runs after the configuration is read; null for nothing.</param>
    public static IServiceCollection AddRequestScopes(this IServiceCollection services, Action<RequestScopesOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<IConfigureOptions<RequestScopesOptions>>(provider => new RequestScopesConfiguration(Section(provider)));
        services.AddSingleton<IOptionsChangeTokenSource<RequestScopesOptions>>(provider => new ConfigurationChangeTokenSource<RequestScopesOptions>(Section(provider)));
        return services.AddCore(configure);

        static IConfiguration Section(IServiceProvider provider) =>
            (IConfiguration?)provider.GetService<IConfiguration>()?.GetSection(RequestScopesOptions.SectionName) ?? new ConfigurationBuilder().Build();
    }

    /// <summary>Registers request scopes, configured by the given section.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">A section with the names of <see cref="RequestScopesOptions"/>; sizes as <c>128M</c>.</param>
    public static IServiceCollection AddRequestScopes(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddSingleton<IConfigureOptions<RequestScopesOptions>>(new RequestScopesConfiguration(section));
        services.AddSingleton<IOptionsChangeTokenSource<RequestScopesOptions>>(new ConfigurationChangeTokenSource<RequestScopesOptions>(section));
        return services.AddCore(null);
    }

    /// <summary>Adds the health check <c>request_scopes</c>: Degraded for a while after a request was refused for its memory limit.</summary>
    public static IHealthChecksBuilder AddRequestScopes(this IHealthChecksBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<RequestScopeHealthCheck>("request_scopes");
    }

    private static IServiceCollection AddCore(this IServiceCollection services, Action<RequestScopesOptions>? configure)
    {
        services.AddOptions<RequestScopesOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RequestScopesOptions>, RequestScopesValidation>());
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RequestScopeMetrics>();
        services.TryAddSingleton<RetentionFromOptions>();
        return configure is null ? services : services.Configure(configure);
    }
}
