using static LifetimeAnalyzers.Contexts.Tables.RuleReach;

namespace LifetimeAnalyzers.Contexts.Tables;

/// <summary>Request handlers of frameworks outside of ASP.NET Core, by name. A project adds its own with <c>lifetime_analyzers.request_handlers</c>.</summary>
internal static class FrameworkTable
{
    /// <summary>What an endpoint overrides besides is its configuration.</summary>
    private const string Endpoint = "HandleAsync|ExecuteAsync|OnBefore*|OnAfter*|OnValidation*";

    /// <summary>The lines of this table.</summary>
    public static readonly ContextRule[] Rules =
    [
        On("MediatR.IRequestHandler`1", "the request handler"),
        On("MediatR.IRequestHandler`2", "the request handler"),
        On("MediatR.INotificationHandler`1", "the notification handler"),
        On("MediatR.IStreamRequestHandler`2", "the stream handler"),
        On("MediatR.IPipelineBehavior`2", "the pipeline behavior"),
        On("MediatR.IStreamPipelineBehavior`2", "the pipeline behavior"),
        On("MediatR.Pipeline.IRequestPreProcessor`1", "the request pre-processor"),
        On("MediatR.Pipeline.IRequestPostProcessor`2", "the request post-processor"),
        On("MediatR.Pipeline.IRequestExceptionHandler`3", "the request exception handler"),
        On("Mediator.IRequestHandler`1", "the request handler"),
        On("Mediator.IRequestHandler`2", "the request handler"),
        On("Mediator.ICommandHandler`1", "the command handler"),
        On("Mediator.ICommandHandler`2", "the command handler"),
        On("Mediator.IQueryHandler`2", "the query handler"),
        On("Mediator.INotificationHandler`1", "the notification handler"),
        On("Mediator.IPipelineBehavior`2", "the pipeline behavior"),
        On("MassTransit.IConsumer`1", "the consumer"),
        On("MassTransit.IJobConsumer`1", "the job consumer"),
        On("MassTransit.IFilter`1", "the pipeline filter"),
        On("FastEndpoints.BaseEndpoint", "the endpoint", Endpoint),
        On("FastEndpoints.Endpoint`1", "the endpoint", Endpoint),
        On("FastEndpoints.Endpoint`2", "the endpoint", Endpoint),
        On("FastEndpoints.Endpoint`3", "the endpoint", Endpoint),
        On("FastEndpoints.EndpointWithoutRequest", "the endpoint", Endpoint),
        On("FastEndpoints.EndpointWithoutRequest`1", "the endpoint", Endpoint),
        On("FastEndpoints.IPreProcessor`1", "the pre-processor"),
        On("FastEndpoints.IPostProcessor`2", "the post-processor"),
        On("FastEndpoints.IGlobalPreProcessor", "the pre-processor"),
        On("FastEndpoints.IGlobalPostProcessor", "the post-processor"),
        On("FastEndpoints.ICommandHandler`1", "the command handler"),
        On("FastEndpoints.ICommandHandler`2", "the command handler"),
        On("FastEndpoints.IEventHandler`1", "the event handler"),
        new("Ardalis.ApiEndpoints.EndpointBase", "*", ExecutionContextKind.RequestHandler, "the endpoint", PublicMethods),
        On("NServiceBus.IHandleMessages`1", "the message handler"),
        On("NServiceBus.IHandleTimeouts`1", "the timeout handler"),
        On("NServiceBus.Pipeline.Behavior`1", "the pipeline behavior"),
        On("Rebus.Handlers.IHandleMessages`1", "the message handler"),
        On("Quartz.IJob", "the job"),
        On("Coravel.Invocable.IInvocable", "the job"),
        On("KafkaFlow.IMessageHandler`1", "the message handler"),
        On("KafkaFlow.IMessageMiddleware", "the message middleware"),
        On("EasyNetQ.AutoSubscribe.IConsume`1", "the consumer"),
        On("EasyNetQ.AutoSubscribe.IConsumeAsync`1", "the consumer"),
        On("Orleans.IAddressable", "the grain method"),
        On("Orleans.Runtime.IAddressable", "the grain method"),
        On("Orleans.Grain", "the grain method"),
        On("Microsoft.Azure.WebJobs.Extensions.DurableTask.IDurableEntity", "the entity"),
        On("Microsoft.Azure.Functions.Worker.Middleware.IFunctionsWorkerMiddleware", "the middleware"),
        On("Carter.ICarterModule", "the module", ExecutionContextKind.StartUp),
        On("ServiceStack.IService", "the service", "Any|Get|Post|Put|Delete|Patch|Options|Head|AnyAsync|GetAsync|PostAsync|PutAsync|DeleteAsync|PatchAsync"),
        On("GraphQL.Execution.IDocumentExecutionListener", "the execution listener"),
        On("HotChocolate.Types.IErrorFilter", "the error filter"),
        On("Microsoft.Bot.Builder.IBot", "the bot"),
        On("Microsoft.Bot.Builder.ActivityHandler", "the bot"),
        On("Microsoft.Bot.Builder.IMiddleware", "the middleware"),
        new("System.Web.Http.ApiController", "*", ExecutionContextKind.RequestHandler, "the controller action", PublicMethods),
        new("System.Web.Mvc.ControllerBase", "*", ExecutionContextKind.RequestHandler, "the controller action", PublicMethods),
        new("System.Web.Services.WebService", "*", ExecutionContextKind.RequestHandler, "the web service", PublicMethods),
    ];

    private static ContextRule On(string type, string words, ExecutionContextKind kind = ExecutionContextKind.RequestHandler) => new(type, "*", kind, words);

    private static ContextRule On(string type, string words, string methods) => new(type, methods, ExecutionContextKind.RequestHandler, words, ByName);
}
