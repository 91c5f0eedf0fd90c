using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LifetimeAnalyzers.AspNetCore.Tests;

/// <summary>A connection that stays open gets no scope that never ends, unless it asks for one; and nothing of that is silent.</summary>
public sealed class LongLivedConnectionTests
{
    [Fact]
    public async Task Web_socket_has_no_scope_and_begins_one_per_message()
    {
        List<RequestScope> perMessage = [];
        string? outside = null;
        await using TestServer server = await TestServer.StartAsync(app => app.Map("/socket", async (HttpContext context) =>
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
            outside = Record.Exception(() => Heap.Emalloc(1))?.GetType().Name;
            byte[] buffer = new byte[100];
            while ((await socket.ReceiveAsync(buffer, context.RequestAborted)) is { CloseStatus: null } received)
            {
                using RequestScope scope = RequestScope.Begin();
                perMessage.Add(scope);
                Memory<byte> answer = Heap.EmallocMemory<byte>(received.Count);
                buffer.AsMemory(0, received.Count).CopyTo(answer);
                await socket.SendAsync(answer, WebSocketMessageType.Text, true, context.RequestAborted);
            }
        }));

        using ClientWebSocket client = new();
        await client.ConnectAsync(new Uri($"ws://{server.Address.Authority}/socket"), CancellationToken.None);
        byte[] answer = new byte[100];
        for (int message = 0; message < 3; message++)
        {
            await client.SendAsync(Encoding.UTF8.GetBytes($"message {message}"), WebSocketMessageType.Text, true, CancellationToken.None);
            WebSocketReceiveResult received = await client.ReceiveAsync(answer, CancellationToken.None);
            Assert.Equal($"message {message}", Encoding.UTF8.GetString(answer, 0, received.Count));
        }

        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await Eventually.IsTrue(() => perMessage.Count == 3 && perMessage.All(scope => scope.IsEnded));
        Assert.Equal(nameof(NoRequestScopeException), outside);
        Assert.Contains(server.Log.Scopes, line => line.Contains("is a web socket", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("text/event-stream", "no scope")]
    [InlineData("application/json, text/event-stream", "scope")]
    [InlineData("*/*", "scope")]
    public async Task Client_that_takes_only_an_event_stream_opens_no_scope(string accept, string expected)
    {
        await using TestServer server = await TestServer.StartAsync(app => app.MapGet("/events", (HttpContext context) => context.GetRequestScope() is null ? "no scope" : "scope"));
        using HttpRequestMessage request = new(HttpMethod.Get, "/events");
        request.Headers.Accept.Clear();
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using HttpResponseMessage response = await server.Client.SendAsync(request);

        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Event_stream_inside_a_scope_is_warned_of_once()
    {
        await using TestServer server = await TestServer.StartAsync(app => app.MapGet("/events", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: 1\n\n");
        }));

        await server.Client.GetStringAsync("/events");
        await server.Client.GetStringAsync("/events");

        string warning = Assert.Single(server.Log.Scopes, line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Contains("RequestScopeMode.None", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_point_without_a_scope_is_told_how_to_get_one()
    {
        await using TestServer server = await TestServer.StartAsync(app => app
            .MapGet("/", (HttpContext context) => Record.Exception(() => context.GetRequiredRequestScope())?.Message)
            .WithRequestScope(RequestScopeMode.None));

        Assert.Contains("RequestScope.Begin()", await server.Client.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_may_ask_for_a_persistent_scope_which_ends_with_it()
    {
        RequestScope? seen = null;
        await using TestServer server = await TestServer.StartAsync(app => app.MapGet("/events", [RequestScopeMode(RequestScopeMode.Persistent)] async (HttpContext context) =>
        {
            seen = RequestScope.Required;
            context.Response.ContentType = "text/event-stream";
            for (int message = 0; message < 3; message++)
            {
                nint block = Heap.Emalloc(1000);
                await context.Response.WriteAsync($"data: {seen.GetUsage()}\n\n");
                Heap.Efree(block);
            }
        }));
        server.Client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));

        string[] usages = (await server.Client.GetStringAsync("/events")).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(3, usages.Length);
        Assert.Single(usages.Distinct());
        Assert.True(seen!.IsPersistent);
        await Eventually.IsTrue(() => seen.IsEnded);
        Assert.DoesNotContain(server.Log.Scopes, line => line.StartsWith("Warning", StringComparison.Ordinal));
    }
}
