namespace LifetimeAnalyzers.Contexts.Tables;

/// <summary>Attributes that tell where a member runs.</summary>
internal static class AttributeTable
{
    /// <summary>On a method, a class or an interface: everything below runs once per request.</summary>
    public const string RequestHandler = "LifetimeAnalyzers.RequestHandlerAttribute";

    /// <summary>On a method, a class or an interface: everything below runs as long as the process.</summary>
    public const string PersistentServer = "LifetimeAnalyzers.PersistentServerAttribute";

    /// <summary>Attributes of a method, or of the interface member or base member that it implements; <see cref="ContextRule.Type"/> is the attribute.</summary>
    public static readonly ContextRule[] OnMethods =
    [
        Request("Microsoft.Azure.Functions.Worker.FunctionAttribute", "the function"),
        Request("Microsoft.Azure.WebJobs.FunctionNameAttribute", "the function"),
        Request("Amazon.Lambda.Annotations.LambdaFunctionAttribute", "the function"),
        Request("CoreWCF.OperationContractAttribute", "the service operation"),
        Request("System.ServiceModel.OperationContractAttribute", "the service operation"),
        Request("ProtoBuf.Grpc.Configuration.ServiceAttribute", "the gRPC method"),
        Request("ProtoBuf.Grpc.Configuration.OperationAttribute", "the gRPC method"),
        Request("System.Web.Services.WebMethodAttribute", "the web method"),
        Request("DotNetCore.CAP.CapSubscribeAttribute", "the subscriber"),
        Request("Wolverine.Attributes.WolverineHandlerAttribute", "the message handler"),
        Request("Wolverine.Http.WolverineGetAttribute", "the endpoint"),
        Request("Wolverine.Http.WolverinePostAttribute", "the endpoint"),
        Request("Dapr.TopicAttribute", "the subscriber"),
        Request("Microsoft.JSInterop.JSInvokableAttribute", "the invokable method"),
        new("System.Runtime.CompilerServices.ModuleInitializerAttribute", "*", ExecutionContextKind.StartUp, "the module initializer"),
    ];

    /// <summary>Attributes of a class whose public methods are then meant.</summary>
    public static readonly ContextRule[] OnTypes =
    [
        Request("HotChocolate.Types.QueryTypeAttribute", "the resolver"),
        Request("HotChocolate.Types.MutationTypeAttribute", "the resolver"),
        Request("HotChocolate.Types.SubscriptionTypeAttribute", "the resolver"),
        Request("HotChocolate.Types.ExtendObjectTypeAttribute", "the resolver"),
        Request("Wolverine.Attributes.WolverineHandlerAttribute", "the message handler"),
        Request("Microsoft.AspNetCore.Mvc.ViewComponentAttribute", "the view component", "Invoke|InvokeAsync"),
    ];

    private static ContextRule Request(string type, string words, string methods = "*") => new(type, methods, ExecutionContextKind.RequestHandler, words);
}
