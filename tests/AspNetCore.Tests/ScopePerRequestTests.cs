using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LifetimeAnalyzers.AspNetCore.Tests;

/// <summary>Every request has a scope of its own, which ends with it.</summary>
public sealed class ScopePerRequestTests
{
    [Fact]
    public async Task Memory_is_given_back_when_the_request_ends()
    {
        RequestScope? seen = null;
        await using TestServer server = await TestServer.StartAsync(app => app.MapGet("/", () =>
        {
            Heap.Emalloc(100_000);
            seen = RequestScope.Required;
            return Heap.MemoryGetUsage() >= 100_000 ? "taken" : "not counted";
        }));

        Assert.Equal("taken", await server.Client.GetStringAsync("/"));
        await Eventually.IsTrue(() => seen!.IsEnded);
        Assert.Equal(0, seen!.GetUsage());
    }

    [Fact]
    public async Task Scope_follows_the_request_over_await_and_to_its_tasks()
    {
        await using TestServer server = await TestServer.StartAsync(app => app.MapGet("/", async (HttpContext context) =>
        {
            RequestScope scope = context.GetRequiredRequestScope();
            await Task.Yield();
            bool here = ReferenceEquals(scope, RequestScope.Current);
            bool there = await Task.Run(() => ReferenceEquals(scope, RequestScope.Current));
            await Task.Delay(1).ConfigureAwait(false);
            return $"{here} {there} {ReferenceEquals(scope, RequestScope.Current)}";
        }));

        Assert.Equal("True True True", await server.Client.GetStringAsync("/"));
    }

    [Fact]
    public async Task Requests_at_the_same_time_have_different_scopes()
    {
        using Barrier together = new(2);
        await using TestServer server = await TestServer.StartAsync(app => app.MapGet("/", async () =>
        {
            await Task.Run(() => together.SignalAndWait(TimeSpan.FromSeconds(30)));
            return RequestScope.Required.Id;
        }));

        string[] ids = await Task.WhenAll(server.Client.GetStringAsync("/"), server.Client.GetStringAsync("/"));

        Assert.NotEqual(ids[0], ids[1]);
    }

    [Fact]
    public async Task Scope_ends_when_the_handler_throws()
    {
        RequestScope? seen = null;
        await using TestServer server = await TestServer.StartAsync(app => app.MapGet("/", string () =>
        {
            seen = RequestScope.Required;
            Heap.Emalloc(1000);
            throw new InvalidOperationException("handler failed");
        }));

        using HttpResponseMessage response = await server.Client.GetAsync("/");

        Assert.Equal(500, (int)response.StatusCode);
        await Eventually.IsTrue(() => seen!.IsEnded);
    }

    [Fact]
    public async Task Scope_ends_when_the_client_goes_away()
    {
        TaskCompletionSource<RequestScope> started = new();
        await using TestServer server = await TestServer.StartAsync(app => app.MapGet("/", async (HttpContext context) =>
        {
            Heap.Emalloc(1000);
            started.SetResult(RequestScope.Required);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }));
        using CancellationTokenSource abort = new();

        Task<HttpResponseMessage> request = server.Client.GetAsync("/", abort.Token);
        RequestScope scope = await started.Task;
        abort.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await Eventually.IsTrue(() => scope.IsEnded);
    }

    [Fact]
    public async Task Streamed_result_may_read_request_memory_to_its_end()
    {
        await using TestServer server = await TestServer.StartAsync(app => app.MapGet("/", () => Results.Stream(async body =>
        {
            for (int part = 0; part < 20; part++)
            {
                Memory<byte> block = Heap.EmallocMemory<byte>(10_000);
                block.Span.Fill((byte)part);
                await body.WriteAsync(block);
                await body.FlushAsync();
            }
        })));

        byte[] received = await server.Client.GetByteArrayAsync("/");

        Assert.Equal(Enumerable.Range(0, 200_000).Select(position => (byte)(position / 10_000)), received);
    }

    [Fact]
    public async Task Background_work_that_outlives_its_request_is_told_that_the_scope_ended()
    {
        TaskCompletionSource requestOver = new();
        Task? background = null;
        RequestScope? scope = null;
        await using TestServer server = await TestServer.StartAsync(app => app.MapGet("/orders", () =>
        {
            scope = RequestScope.Required;
            background = Task.Run(async () =>
            {
                await requestOver.Task;
                Heap.Emalloc(100);
            });
        }));

        await server.Client.GetStringAsync("/orders");
        await Eventually.IsTrue(() => scope!.IsEnded);
        requestOver.SetResult();

        RequestScopeEndedException error = await Assert.ThrowsAsync<RequestScopeEndedException>(() => background!);
        Assert.Equal("GET /orders", error.ScopeName);
    }

    [Fact]
    public async Task Cleanup_that_fails_is_logged_and_the_answer_stands()
    {
        await using TestServer server = await TestServer.StartAsync(app => app.MapGet("/", () =>
        {
            RequestScope.Required.RegisterCleanup(() => throw new InvalidOperationException("cleanup failed"));
            return "answered";
        }));

        Assert.Equal("answered", await server.Client.GetStringAsync("/"));
        await Eventually.IsTrue(() => server.Log.Scopes.Any(line => line.StartsWith("Error", StringComparison.Ordinal) && line.EndsWith("cleanup failed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Context_without_middleware_says_what_to_call()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => new DefaultHttpContext().GetRequiredRequestScope());
        Assert.Contains("UseRequestScope()", error.Message, StringComparison.Ordinal);
        Assert.Null(new DefaultHttpContext().GetRequestScope());
        await using WebApplication app = WebApplication.CreateSlimBuilder().Build();
        Assert.Contains("AddRequestScopes()", Assert.Throws<InvalidOperationException>(() => app.UseRequestScope()).Message, StringComparison.Ordinal);
    }
}
