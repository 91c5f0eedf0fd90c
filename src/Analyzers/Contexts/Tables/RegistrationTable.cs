using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Contexts.Tables;

/// <summary>How types get their lifetime: the methods that register them, and the base types whose instances the framework makes.</summary>
internal static class RegistrationTable
{
    /// <summary>Registration methods by name.</summary>
    public static readonly Dictionary<string, InstanceLifetime> Methods = new()
    {
        ["AddSingleton"] = InstanceLifetime.Singleton,
        ["TryAddSingleton"] = InstanceLifetime.Singleton,
        ["AddKeyedSingleton"] = InstanceLifetime.Singleton,
        ["TryAddKeyedSingleton"] = InstanceLifetime.Singleton,
        ["AddActivatedSingleton"] = InstanceLifetime.Singleton,
        ["AddHostedService"] = InstanceLifetime.Singleton,
        ["Singleton"] = InstanceLifetime.Singleton,
        ["AddExceptionHandler"] = InstanceLifetime.Singleton,
        ["AddScoped"] = InstanceLifetime.Request,
        ["TryAddScoped"] = InstanceLifetime.Request,
        ["AddKeyedScoped"] = InstanceLifetime.Request,
        ["AddTransient"] = InstanceLifetime.Request,
        ["TryAddTransient"] = InstanceLifetime.Request,
        ["AddKeyedTransient"] = InstanceLifetime.Request,
        ["Scoped"] = InstanceLifetime.Request,
        ["Transient"] = InstanceLifetime.Request,
    };

    /// <summary>Base types and interfaces whose instances the framework makes, once or per request.</summary>
    public static readonly Dictionary<string, InstanceLifetime> InstanceLifetimes = new()
    {
        ["Microsoft.Extensions.Hosting.IHostedService"] = InstanceLifetime.Singleton,
        ["Microsoft.AspNetCore.Hosting.IStartupFilter"] = InstanceLifetime.Singleton,
        ["Microsoft.AspNetCore.Hosting.IHostingStartup"] = InstanceLifetime.Singleton,
        ["Microsoft.AspNetCore.Connections.ConnectionHandler"] = InstanceLifetime.Singleton,
        ["Microsoft.AspNetCore.Mvc.ControllerBase"] = InstanceLifetime.Request,
        ["Microsoft.AspNetCore.Mvc.RazorPages.PageModel"] = InstanceLifetime.Request,
        ["Microsoft.AspNetCore.Mvc.ViewComponent"] = InstanceLifetime.Request,
        ["Microsoft.AspNetCore.SignalR.Hub"] = InstanceLifetime.Request,
        ["Microsoft.AspNetCore.Razor.TagHelpers.TagHelper"] = InstanceLifetime.Request,
        ["Microsoft.AspNetCore.Authentication.IAuthenticationHandler"] = InstanceLifetime.Request,
        ["MediatR.IRequestHandler`1"] = InstanceLifetime.Request,
        ["MediatR.IRequestHandler`2"] = InstanceLifetime.Request,
        ["MediatR.INotificationHandler`1"] = InstanceLifetime.Request,
        ["MassTransit.IConsumer`1"] = InstanceLifetime.Request,
        ["Quartz.IJob"] = InstanceLifetime.Request,
        ["System.Web.Http.ApiController"] = InstanceLifetime.Request,
        ["System.Web.Mvc.ControllerBase"] = InstanceLifetime.Request,
    };

    /// <summary>Whether a method of one of the names is the dependency injection's own, or one in its style.</summary>
    public static bool IsRegistration(IMethodSymbol method)
    {
        IMethodSymbol definition = method.ReducedFrom ?? method;
        return TypeNames.Is(definition.ContainingType, "Microsoft.Extensions.DependencyInjection.ServiceDescriptor") ||
            (definition.Parameters.Length > 0 && TypeNames.IsOrDerivesFrom(definition.Parameters[0].Type, "Microsoft.Extensions.DependencyInjection.IServiceCollection"));
    }
}
