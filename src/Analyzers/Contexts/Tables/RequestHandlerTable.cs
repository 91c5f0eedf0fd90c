using static LifetimeAnalyzers.Contexts.Tables.RuleReach;

namespace LifetimeAnalyzers.Contexts.Tables;

/// <summary>What runs once per request in ASP.NET Core and its relatives. Controllers, whose convention is more than a base type, are in <see cref="MvcControllers"/>.</summary>
internal static class RequestHandlerTable
{
    private const string Http = "Microsoft.AspNetCore.Http.";
    private const string Mvc = "Microsoft.AspNetCore.Mvc.";
    private const string Filters = "Microsoft.AspNetCore.Mvc.Filters.";
    private const string Auth = "Microsoft.AspNetCore.Authentication.";
    private const string Authorization = "Microsoft.AspNetCore.Authorization.";

    /// <summary>The lines of this table.</summary>
    public static readonly ContextRule[] Rules =
    [
        On(Http + "IMiddleware", "the middleware"),
        On(Http + "IEndpointFilter", "the endpoint filter"),
        On(Http + "IResult", "the endpoint result"),
        On(Http + "IProblemDetailsWriter", "the problem details writer"),
        On(Filters + "IActionFilter", "the action filter"),
        On(Filters + "IAsyncActionFilter", "the action filter"),
        On(Filters + "IResourceFilter", "the resource filter"),
        On(Filters + "IAsyncResourceFilter", "the resource filter"),
        On(Filters + "IExceptionFilter", "the exception filter"),
        On(Filters + "IAsyncExceptionFilter", "the exception filter"),
        On(Filters + "IAuthorizationFilter", "the authorization filter"),
        On(Filters + "IAsyncAuthorizationFilter", "the authorization filter"),
        On(Filters + "IResultFilter", "the result filter"),
        On(Filters + "IAsyncResultFilter", "the result filter"),
        On(Filters + "IPageFilter", "the page filter"),
        On(Filters + "IAsyncPageFilter", "the page filter"),
        On(Filters + "ActionFilterAttribute", "the action filter"),
        On(Filters + "ExceptionFilterAttribute", "the exception filter"),
        On(Filters + "ResultFilterAttribute", "the result filter"),
        On(Mvc + "Controller", "the controller method"),
        On(Mvc + "IActionResult", "the action result"),
        On(Mvc + "ActionResult", "the action result"),
        On(Mvc + "RazorPages.PageModel", "the page filter"),
        new(Mvc + "RazorPages.PageModel", "OnGet*|OnPost*|OnPut*|OnDelete*|OnPatch*|OnHead*|OnOptions*", ExecutionContextKind.RequestHandler, "the page handler", ByName),
        On(Mvc + "Razor.RazorPageBase", "the Razor view"),
        On(Mvc + "Formatters.IOutputFormatter", "the output formatter"),
        On(Mvc + "Formatters.IInputFormatter", "the input formatter"),
        On(Mvc + "Formatters.OutputFormatter", "the output formatter"),
        On(Mvc + "Formatters.TextOutputFormatter", "the output formatter"),
        On(Mvc + "Formatters.InputFormatter", "the input formatter"),
        On(Mvc + "Formatters.TextInputFormatter", "the input formatter"),
        On(Mvc + "ModelBinding.IModelBinder", "the model binder"),
        On(Mvc + "ModelBinding.IValueProvider", "the value provider"),
        On(Mvc + "ModelBinding.IValueProviderFactory", "the value provider"),
        On(Mvc + "Routing.DynamicRouteValueTransformer", "the route transformer"),
        new(Mvc + "ViewComponent", "Invoke|InvokeAsync", ExecutionContextKind.RequestHandler, "the view component", ByName),
        On("Microsoft.AspNetCore.Razor.TagHelpers.ITagHelper", "the tag helper"),
        On("Microsoft.AspNetCore.Razor.TagHelpers.TagHelper", "the tag helper"),
        On("Microsoft.AspNetCore.Routing.IRouteConstraint", "the route constraint"),
        On(Auth + "IAuthenticationHandler", "the authentication handler"),
        On(Auth + "IAuthenticationRequestHandler", "the authentication handler"),
        On(Auth + "IAuthenticationSignInHandler", "the authentication handler"),
        On(Auth + "IAuthenticationSignOutHandler", "the authentication handler"),
        On(Auth + "AuthenticationHandler`1", "the authentication handler"),
        On(Auth + "RemoteAuthenticationHandler`1", "the authentication handler"),
        On(Auth + "SignInAuthenticationHandler`1", "the authentication handler"),
        On(Auth + "SignOutAuthenticationHandler`1", "the authentication handler"),
        On(Auth + "IClaimsTransformation", "the claims transformation"),
        On(Auth + "Cookies.CookieAuthenticationEvents", "the authentication event"),
        On(Auth + "Cookies.ITicketStore", "the ticket store"),
        On(Authorization + "IAuthorizationHandler", "the authorization handler"),
        On(Authorization + "AuthorizationHandler`1", "the authorization handler"),
        On(Authorization + "AuthorizationHandler`2", "the authorization handler"),
        On(Authorization + "IAuthorizationMiddlewareResultHandler", "the authorization handler"),
        On("Microsoft.AspNetCore.Diagnostics.IExceptionHandler", "the exception handler"),
        On("Microsoft.Extensions.Diagnostics.HealthChecks.IHealthCheck", "the health check"),
        On("Microsoft.AspNetCore.RateLimiting.IRateLimiterPolicy`1", "the rate limiter policy"),
        On("Microsoft.AspNetCore.OutputCaching.IOutputCachePolicy", "the output cache policy"),
        On("Microsoft.AspNetCore.OutputCaching.IOutputCacheStore", "the output cache store"),
        On("Microsoft.AspNetCore.Cors.Infrastructure.ICorsPolicyProvider", "the CORS policy provider"),
        On("Microsoft.AspNetCore.Localization.IRequestCultureProvider", "the culture provider"),
        On("Microsoft.AspNetCore.Localization.RequestCultureProvider", "the culture provider"),
        new("Microsoft.AspNetCore.SignalR.Hub", "*", ExecutionContextKind.RequestHandler, "the hub method", PublicMethods),
        On("Microsoft.AspNetCore.SignalR.IHubFilter", "the hub filter"),
        On("Microsoft.AspNetCore.SignalR.IUserIdProvider", "the user id provider"),
        On("Grpc.Core.Interceptors.Interceptor", "the gRPC interceptor"),
        On("System.Net.Http.DelegatingHandler", "the message handler"),
        On("System.Net.Http.HttpMessageHandler", "the message handler"),
        On("System.Web.IHttpHandler", "the HTTP handler"),
        On("System.Web.IHttpAsyncHandler", "the HTTP handler"),
        On("Microsoft.Owin.OwinMiddleware", "the middleware"),
    ];

    private static ContextRule On(string type, string words) => new(type, "*", ExecutionContextKind.RequestHandler, words);
}
