namespace LifetimeAnalyzers.Contexts.Tables;

/// <summary>What runs as long as the process, and what runs once when it starts.</summary>
internal static class ProcessTable
{
    /// <summary>The lines of this table.</summary>
    public static readonly ContextRule[] Rules =
    [
        new("Microsoft.Extensions.Hosting.BackgroundService", "ExecuteAsync", ExecutionContextKind.PersistentServer, "the background service") { RunsOnce = true },
        Persistent("Microsoft.AspNetCore.Connections.ConnectionHandler", "*", "the connection handler"),
        Persistent("Microsoft.Extensions.Diagnostics.HealthChecks.IHealthCheckPublisher", "*", "the health check publisher"),
        Persistent("Confluent.Kafka.IConsumer`2", "*", "the consumer"),
        Persistent("DotNetty.Transport.Channels.IChannelHandler", "*", "the channel handler"),
        Persistent("SuperSocket.IPackageHandler`1", "*", "the package handler"),
        StartUp("Microsoft.Extensions.Hosting.BackgroundService", "StartAsync|StopAsync", "the start of the background service"),
        StartUp("Microsoft.Extensions.Hosting.IHostedService", "StartAsync|StopAsync", "the start of the hosted service"),
        StartUp("Microsoft.Extensions.Hosting.IHostedLifecycleService", "*", "the start of the hosted service"),
        StartUp("Microsoft.AspNetCore.Hosting.IStartupFilter", "*", "the start-up filter"),
        StartUp("Microsoft.AspNetCore.Hosting.IHostingStartup", "*", "the hosting start-up"),
        StartUp("Microsoft.AspNetCore.Hosting.IStartup", "*", "the start-up class"),
        StartUp("System.ServiceProcess.ServiceBase", "OnStart|OnStop|OnShutdown", "the start of the Windows service"),
        StartUp("Autofac.Module", "Load", "the container module"),
        StartUp("System.Web.HttpApplication", "Application_Start|Application_End", "the start of the application", RuleReach.ByName),
    ];

    /// <summary>Methods and delegates that are handed one of these configure the application: they run once, at its start.</summary>
    public static readonly string[] StartUpParameters =
    [
        "Microsoft.Extensions.DependencyInjection.IServiceCollection",
        "Microsoft.AspNetCore.Builder.IApplicationBuilder",
        "Microsoft.AspNetCore.Routing.IEndpointRouteBuilder",
        "Microsoft.AspNetCore.Builder.WebApplicationBuilder",
        "Microsoft.AspNetCore.Hosting.IWebHostBuilder",
        "Microsoft.Extensions.Hosting.IHostBuilder",
        "Microsoft.Extensions.Hosting.IHostApplicationBuilder",
        "Microsoft.Extensions.Configuration.IConfigurationBuilder",
        "Microsoft.Extensions.Logging.ILoggingBuilder",
        "Microsoft.AspNetCore.Http.EndpointFilterFactoryContext",
        "Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions",
        "Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions",
        "Autofac.ContainerBuilder",
        "Owin.IAppBuilder",
    ];

    /// <summary>Methods and delegates that are handed one of these, or something derived, run inside a request.</summary>
    public static readonly string[] RequestParameters =
    [
        "Microsoft.AspNetCore.Http.HttpContext",
        "Microsoft.AspNetCore.Http.HttpRequest",
        "Microsoft.AspNetCore.Http.HttpResponse",
        "Microsoft.AspNetCore.Http.EndpointFilterInvocationContext",
        "Microsoft.AspNetCore.Mvc.ActionContext",
        "Microsoft.AspNetCore.SignalR.HubInvocationContext",
        "Microsoft.AspNetCore.SignalR.HubCallerContext",
        "Microsoft.AspNetCore.Authentication.BaseContext`1",
        "Microsoft.AspNetCore.RateLimiting.OnRejectedContext",
        "Grpc.Core.ServerCallContext",
        "Amazon.Lambda.Core.ILambdaContext",
        "Microsoft.Azure.Functions.Worker.FunctionContext",
        "System.Web.HttpContext",
        "System.Web.HttpContextBase",
        "Microsoft.Owin.IOwinContext",
        "Nancy.NancyContext",
    ];

    private static ContextRule Persistent(string type, string methods, string words) => new(type, methods, ExecutionContextKind.PersistentServer, words);

    private static ContextRule StartUp(string type, string methods, string words, RuleReach reach = RuleReach.Overrides) =>
        new(type, methods, ExecutionContextKind.StartUp, words, reach);
}
