namespace LifetimeAnalyzers.Contexts.Tables;

/// <summary>Where a lambda or a method runs that is handed over as a delegate.</summary>
internal static class DelegateTable
{
    /// <summary>By the type of the delegate; the methods column is not used.</summary>
    public static readonly ContextRule[] Types =
    [
        Request("Microsoft.AspNetCore.Http.RequestDelegate", "*", "the request delegate"),
        Request("Microsoft.AspNetCore.Http.EndpointFilterDelegate", "*", "the endpoint filter"),
        Request("Microsoft.AspNetCore.Mvc.Filters.ActionExecutionDelegate", "*", "the action filter"),
        Request("Microsoft.AspNetCore.Mvc.Filters.ResourceExecutionDelegate", "*", "the resource filter"),
        Request("Grpc.Core.UnaryServerMethod`2", "*", "the gRPC method"),
        Request("Grpc.Core.ClientStreamingServerMethod`2", "*", "the gRPC method"),
        Request("Grpc.Core.ServerStreamingServerMethod`2", "*", "the gRPC method"),
        Request("Grpc.Core.DuplexStreamingServerMethod`2", "*", "the gRPC method"),
        Persistent("Microsoft.AspNetCore.Connections.ConnectionDelegate", "*", "the connection delegate"),
        Persistent("Microsoft.AspNetCore.Connections.MultiplexedConnectionDelegate", "*", "the connection delegate"),
        Persistent("System.Threading.TimerCallback", "*", "the timer callback"),
        Persistent("System.Timers.ElapsedEventHandler", "*", "the timer callback"),
        Persistent("System.Threading.WaitOrTimerCallback", "*", "the wait callback"),
        Persistent("System.IO.FileSystemEventHandler", "*", "the file watcher's handler"),
        Persistent("System.IO.RenamedEventHandler", "*", "the file watcher's handler"),
    ];

    /// <summary>By the method that the delegate is handed to.</summary>
    public static readonly ContextRule[] Callees =
    [
        Request("Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions", "Map*", "the endpoint"),
        Request("Microsoft.AspNetCore.Builder.FallbackEndpointRouteBuilderExtensions", "MapFallback", "the endpoint"),
        Request("Microsoft.AspNetCore.Http.EndpointFilterExtensions", "AddEndpointFilter", "the endpoint filter"),
        Request("Microsoft.Extensions.DependencyInjection.HealthChecksBuilderDelegateExtensions", "AddCheck|AddAsyncCheck", "the health check"),
        Request("Microsoft.AspNetCore.RateLimiting.RateLimiterOptions", "AddPolicy", "the rate limiter policy"),
        Request("Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder", "RequireAssertion", "the authorization handler"),
        Request("Hangfire.BackgroundJob", "*", "the job"),
        Request("Hangfire.RecurringJob", "*", "the job"),
        Request("Hangfire.BackgroundJobClientExtensions", "*", "the job"),
        Request("Hangfire.RecurringJobManagerExtensions", "*", "the job"),
        Request("Coravel.Scheduling.Schedule.Interfaces.IScheduler", "Schedule*", "the job"),
        Request("Nancy.NancyModule", "Get|Post|Put|Delete|Patch|Head|Options", "the route"),
        Persistent("System.Threading.ThreadPool", "RegisterWaitForSingleObject|UnsafeRegisterWaitForSingleObject", "the wait callback"),
        Persistent("System.Net.Sockets.Socket", "BeginAccept|BeginReceive|BeginReceiveFrom", "the socket callback"),
        Persistent("System.Net.Sockets.TcpListener", "BeginAccept*", "the accept callback"),
        Persistent("System.Net.HttpListener", "BeginGetContext", "the accept callback"),
        Persistent("Microsoft.Extensions.Primitives.ChangeToken", "OnChange", "the change callback"),
        Persistent("Microsoft.Extensions.Options.OptionsMonitorExtensions", "OnChange", "the change callback"),
        Persistent("Microsoft.Extensions.Options.IOptionsMonitor`1", "OnChange", "the change callback"),
        Persistent("System.ObservableExtensions", "Subscribe", "the subscription"),
        Persistent("StackExchange.Redis.ISubscriber", "Subscribe|SubscribeAsync", "the subscription"),
        StartUp("Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions", "AddSingleton", "the factory of a singleton"),
        StartUp("Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions", "AddKeyedSingleton", "the factory of a singleton"),
        StartUp("Microsoft.Extensions.DependencyInjection.Extensions.ServiceCollectionDescriptorExtensions", "TryAddSingleton|TryAddKeyedSingleton", "the factory of a singleton"),
        StartUp("Microsoft.Extensions.DependencyInjection.ServiceCollectionHostedServiceExtensions", "AddHostedService", "the factory of a hosted service"),
        StartUp("Microsoft.Extensions.DependencyInjection.ServiceDescriptor", "Singleton|KeyedSingleton", "the factory of a singleton"),
    ];

    /// <summary>Factories of services that live as long as a request; only where there are requests.</summary>
    public static readonly ContextRule[] ScopedFactories =
    [
        Request("Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions", "AddScoped|AddTransient|AddKeyedScoped|AddKeyedTransient", "the factory of a scoped service"),
        Request("Microsoft.Extensions.DependencyInjection.Extensions.ServiceCollectionDescriptorExtensions", "TryAddScoped|TryAddTransient|TryAddKeyedScoped|TryAddKeyedTransient", "the factory of a scoped service"),
    ];

    /// <summary>By the event that the delegate is added to.</summary>
    public static readonly ContextRule[] Events =
    [
        Persistent("System.Timers.Timer", "Elapsed", "the timer callback"),
        Persistent("System.Windows.Forms.Timer", "Tick", "the timer callback"),
        Persistent("System.Net.Sockets.SocketAsyncEventArgs", "Completed", "the socket callback"),
        Persistent("System.IO.FileSystemWatcher", "*", "the file watcher's handler"),
        Persistent("RabbitMQ.Client.Events.EventingBasicConsumer", "Received", "the consumer"),
        Persistent("RabbitMQ.Client.Events.AsyncEventingBasicConsumer", "Received|ReceivedAsync", "the consumer"),
        Request("Azure.Messaging.ServiceBus.ServiceBusProcessor", "ProcessMessageAsync", "the message handler"),
        Request("Azure.Messaging.EventHubs.EventProcessorClient", "ProcessEventAsync", "the event handler"),
        StartUp("System.AppDomain", "ProcessExit|DomainUnload|AssemblyResolve|AssemblyLoad|UnhandledException", "the process's event handler"),
        StartUp("System.Console", "CancelKeyPress", "the process's event handler"),
        StartUp("System.Runtime.Loader.AssemblyLoadContext", "*", "the process's event handler"),
    ];

    private static ContextRule Request(string type, string methods, string words) => new(type, methods, ExecutionContextKind.RequestHandler, words);

    private static ContextRule Persistent(string type, string methods, string words) => new(type, methods, ExecutionContextKind.PersistentServer, words);

    private static ContextRule StartUp(string type, string methods, string words) => new(type, methods, ExecutionContextKind.StartUp, words);
}
