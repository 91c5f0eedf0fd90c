namespace LifetimeAnalyzers.Contexts.Tests;

public sealed class RequestHandlerTests
{
    [Fact]
    public Task Actions_of_a_controller() => ContextTest.Library("""
        public class UploadController : ControllerBase
        {
            private readonly int field = At.Request();
            public UploadController() => At.Request();
            public IActionResult Upload() { At.Request(); return Ok(); }
            public async Task<ActionResult<int>> Get(CancellationToken token) { await Task.Yield(); return At.Request(); }
            public void Loop() { for (int i = 0; i < 10; i++) { At.Request(); } foreach (var x in new[] { 1 }) { At.Request(); } }
        }

        public class Home : Controller { public string Index() => At.Request().ToString(); }

        [Controller] public class Marked { public string Index() => At.Request().ToString(); }

        public class ByNameController { [HttpGet("/")] public string Index() => At.Request().ToString(); }

        public class ByResultController { public IActionResult Index() { At.Request(); return null!; } }
        """);

    [Fact]
    public Task A_controller_by_convention_where_MVC_is_set_up() => ContextTest.Program("""
        public class HomeController { public string Index() => At.Request().ToString(); }
        public static class Program { public static void Main() { var b = WebApplication.CreateBuilder(); b.Services.AddControllers(); } }
        """);

    [Fact]
    public Task Handlers_of_a_Razor_page() => ContextTest.Library("""
        public class IndexModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
        {
            public void OnGet() => At.Request();
            public async Task<IActionResult> OnPostSaveAsync() { At.Request(); await Task.Yield(); return Page(); }
            [Microsoft.AspNetCore.Mvc.RazorPages.NonHandler] public void OnGetIt() => At.Unknown();
            public void Other() => At.Unknown();
        }
        """);

    [Fact]
    public Task Minimal_APIs() => ContextTest.Program("""
        var builder = WebApplication.CreateBuilder(args);
        var app = builder.Build();
        At.StartUp();
        app.MapGet("/a", () => At.Request());
        app.MapPost("/b", async (int id) => { await Task.Yield(); return At.Request(); });
        app.MapPut("/c", Handler);
        app.MapDelete("/d", Local);
        app.MapPatch("/d", Handlers.Static);
        app.MapMethods("/e", new[] { "GET" }, (HttpContext context) => { At.Request(); });
        app.Map("/f", (HttpContext context) => At.Request());
        app.MapFallback(() => At.Request());
        var group = app.MapGroup("/g");
        group.MapGet("/h", () => At.Request()).AddEndpointFilter(async (context, next) => { At.Request(); return await next(context); });
        Func<int> kept = () => At.Request();
        app.MapGet("/i", kept);
        var inferred = (int x) => At.Request() + x;
        app.MapGet("/j", inferred);
        RequestDelegate typed = context => { At.Request(); return Task.CompletedTask; };
        app.MapGet("/k", typed);
        app.MapGet("/l", Handlers.OfContext);
        app.Run();

        int Local() => At.Request();
        static int Handler(int id) => At.Request();

        static class Handlers
        {
            public static int Static() => At.Request() + Helper();
            private static int Helper() => At.Request();
            public static Task OfContext(HttpContext context) { At.Request(); return Task.CompletedTask; }
        }
        """);

    [Fact]
    public Task Wrappers_in_the_style_of_minimal_APIs() => ContextTest.Library("""
        using Microsoft.AspNetCore.Routing;

        public static class Routes
        {
            public static void MapSafely(this IEndpointRouteBuilder routes, string pattern, Delegate handler) => routes.MapGet(pattern, handler);
            public static void AddAll(this IEndpointRouteBuilder routes) { At.StartUp(); routes.MapSafely("/x", () => At.Request()); }
        }
        """);

    [Fact]
    public Task Middleware() => ContextTest.Library("""
        public class Timing
        {
            private readonly RequestDelegate next;
            public Timing(RequestDelegate next) { this.next = next; At.StartUp(); }
            private readonly int once = At.StartUp();
            public async Task InvokeAsync(HttpContext context) { At.Request(); await next(context); Helper(); }
            private void Helper() => At.Request();
        }

        public class Factory : IMiddleware
        {
            public Task InvokeAsync(HttpContext context, RequestDelegate next) { At.Request(); return next(context); }
        }

        public static class Pipeline
        {
            public static void Build(IApplicationBuilder app)
            {
                At.StartUp();
                app.Use(async (context, next) => { At.Request(); await next(context); });
                app.Use(async (context, next) => { At.Request(); await next(); });
                app.Use(next => { At.StartUp(); return context => { At.Request(); return next(context); }; });
                app.Run(context => { At.Request(); return Task.CompletedTask; });
                app.Run(Terminal);
                app.Map("/x", branch => { At.StartUp(); branch.Run(context => { At.Request(); return Task.CompletedTask; }); });
                app.MapWhen(context => At.Request() == 0, branch => At.StartUp());
                app.UseWhen(context => At.Request() == 0, branch => At.StartUp());
                app.UseExceptionHandler(branch => branch.Run(async context => { await Task.Yield(); At.Request(); }));
            }

            private static Task Terminal(HttpContext context) { At.Request(); return Task.CompletedTask; }
        }
        """);

    [Fact]
    public Task Filters() => ContextTest.Library("""
        using Microsoft.AspNetCore.Mvc.Filters;

        public class Endpoint : IEndpointFilter { public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) { At.Request(); return next(context); } }
        public class Action : IActionFilter { public void OnActionExecuting(ActionExecutingContext context) => At.Request(); void IActionFilter.OnActionExecuted(ActionExecutedContext context) => At.Request(); }
        public class AsyncAction : IAsyncActionFilter { public Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next) { At.Request(); return next(); } }
        public class Resource : IResourceFilter { public void OnResourceExecuting(ResourceExecutingContext context) => At.Request(); public void OnResourceExecuted(ResourceExecutedContext context) => At.Request(); }
        public class AsyncResource : IAsyncResourceFilter { public Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next) { At.Request(); return next(); } }
        public class Failed : IExceptionFilter { public void OnException(ExceptionContext context) => At.Request(); }
        public class AsyncFailed : IAsyncExceptionFilter { public Task OnExceptionAsync(ExceptionContext context) { At.Request(); return Task.CompletedTask; } }
        public class Allowed : IAuthorizationFilter { public void OnAuthorization(AuthorizationFilterContext context) => At.Request(); }
        public class AsyncAllowed : IAsyncAuthorizationFilter { public Task OnAuthorizationAsync(AuthorizationFilterContext context) { At.Request(); return Task.CompletedTask; } }
        public class Result : IResultFilter { public void OnResultExecuting(ResultExecutingContext context) => At.Request(); public void OnResultExecuted(ResultExecutedContext context) => At.Request(); }
        public class AsyncResult : IAsyncResultFilter { public Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next) { At.Request(); return next(); } }
        public class Page : IPageFilter { public void OnPageHandlerSelected(PageHandlerSelectedContext context) => At.Request(); public void OnPageHandlerExecuting(PageHandlerExecutingContext context) => At.Request(); public void OnPageHandlerExecuted(PageHandlerExecutedContext context) => At.Request(); }
        public class AsyncPage : IAsyncPageFilter { public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) { At.Request(); return Task.CompletedTask; } public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) { At.Request(); return next(); } }
        public class Attributed : ActionFilterAttribute { public override void OnActionExecuting(ActionExecutingContext context) => At.Request(); public override string ToString() => At.Unknown().ToString(); }
        """);

    [Fact]
    public Task Hubs() => ContextTest.Library("""
        using Microsoft.AspNetCore.SignalR;

        public interface IClient { Task Say(string text); }
        public class Chat : Hub<IClient>
        {
            public Chat() => At.Request();
            public Task Send(string text) { At.Request(); return Clients.All.Say(text + Helper()); }
            public override Task OnConnectedAsync() { At.Request(); return base.OnConnectedAsync(); }
            private int Helper() => At.Request();
            private int Unused() => At.Unknown();
            public override string ToString() => At.Unknown().ToString();

            public async Task Upload(IAsyncEnumerable<int> stream)
            {
                At.Request();
                await foreach (int item in stream) { At.Persistent(); }
            }
        }

        public class Filter : IHubFilter { public ValueTask<object?> InvokeMethodAsync(HubInvocationContext context, Func<HubInvocationContext, ValueTask<object?>> next) { At.Request(); return next(context); } }
        """);

    [Fact]
    public Task Gatekeepers_and_watchmen() => ContextTest.Library("""
        using System.Security.Claims;
        using System.Text.Encodings.Web;
        using Microsoft.AspNetCore.Authentication;
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Diagnostics;
        using Microsoft.AspNetCore.RateLimiting;
        using Microsoft.Extensions.Diagnostics.HealthChecks;
        using Microsoft.Extensions.Logging;
        using Microsoft.Extensions.Options;

        public class Check : IHealthCheck { public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken token = default) { At.Request(); return Task.FromResult(HealthCheckResult.Healthy()); } }

        public class Scheme : AuthenticationHandler<AuthenticationSchemeOptions>
        {
            public Scheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder) : base(options, logger, encoder) => At.Request();
            protected override Task<AuthenticateResult> HandleAuthenticateAsync() { At.Request(); return Task.FromResult(AuthenticateResult.NoResult()); }
        }

        public class Requirement : IAuthorizationRequirement { }
        public class Policy : AuthorizationHandler<Requirement> { protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement) { At.Request(); return Task.CompletedTask; } }
        public class Claims : IClaimsTransformation { public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal) { At.Request(); return Task.FromResult(principal); } }
        public class Errors : IExceptionHandler { public ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken token) { At.Request(); return new(true); } }

        public class Limiter : IRateLimiterPolicy<string>
        {
            public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => (context, token) => { At.Request(); return default; };
            public System.Threading.RateLimiting.RateLimitPartition<string> GetPartition(HttpContext context) { At.Request(); return default; }
        }

        public class Outgoing : System.Net.Http.DelegatingHandler
        {
            protected override Task<System.Net.Http.HttpResponseMessage> SendAsync(System.Net.Http.HttpRequestMessage request, CancellationToken token) { At.Request(); return base.SendAsync(request, token); }
            protected override void Dispose(bool disposing) { At.Unknown(); base.Dispose(disposing); }
        }
        """);

    [Fact]
    public Task Formatters_binders_views_and_results() => ContextTest.Library("""
        using System.Text;
        using Microsoft.AspNetCore.Mvc.Formatters;
        using Microsoft.AspNetCore.Mvc.ModelBinding;
        using Microsoft.AspNetCore.Razor.TagHelpers;

        public class Output : TextOutputFormatter { public override Task WriteResponseBodyAsync(OutputFormatterWriteContext context, Encoding encoding) { At.Request(); return Task.CompletedTask; } }
        public class Input : InputFormatter { public override Task<InputFormatterResult> ReadRequestBodyAsync(InputFormatterContext context) { At.Request(); return InputFormatterResult.NoValueAsync(); } }
        public class Binder : IModelBinder { public Task BindModelAsync(ModelBindingContext context) { At.Request(); return Task.CompletedTask; } }
        public class Cart : ViewComponent { public string Invoke() => At.Request().ToString(); }
        [ViewComponent] public class Menu { public string Invoke() => At.Request().ToString(); }
        public class Tag : TagHelper { public override void Process(TagHelperContext context, TagHelperOutput output) => At.Request(); }
        public class Picture : ActionResult { public override Task ExecuteResultAsync(ActionContext context) { At.Request(); return Task.CompletedTask; } }
        public class Bytes : IResult { public Task ExecuteAsync(HttpContext context) { At.Request(); return Task.CompletedTask; } }
        """);

    [Fact]
    public Task Base_classes_of_controllers_and_partial_ones() => ContextTest.Library("""
        public abstract class CrudController<T> : ControllerBase { public T? Get() { At.Request(); return Load(); } private T? Load() { At.Request(); return default; } }
        public class BookController : CrudController<string> { }
        public partial class HalfController : ControllerBase { public void Go() => Part(); private partial void Part(); }
        public partial class HalfController { private partial void Part() => At.Request(); }
        public class MenuViewComponent { public Task<IViewComponentResult> InvokeAsync() { At.Request(); return null!; } }
        """);
}
