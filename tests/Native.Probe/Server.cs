using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LifetimeAnalyzers.Tests.Native;

/// <summary>The request scope on Kestrel.</summary>
internal static class Server
{
    public static async Task RunAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["RequestScopes:MemoryLimit"] = "4M";
        builder.Services.AddRequestScopes();
        builder.Services.AddHealthChecks().AddRequestScopes();
        await using WebApplication app = builder.Build();
        app.UseRequestScope();
        app.MapHealthChecks("/health");
        app.MapGet("/ok", async context =>
        {
            Memory<byte> text = Heap.EmallocMemory<byte>(100);
            text.Span.Fill((byte)'x');
            await Task.Yield();
            await context.Response.Body.WriteAsync(text);
        });
        app.MapGet("/greedy", (HttpContext _) => $"{Heap.Emalloc(8 << 20)}");
        app.MapGet("/modest", (HttpContext _) => $"{Heap.Emalloc(2 << 20)}").WithRequestMemoryLimit("1M");
        app.MapGet("/limit", (HttpContext context) => $"{context.GetRequiredRequestScope().MemoryLimit}");
        await app.StartAsync();

        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Check.That(await client.GetStringAsync("/ok") == new string('x', 100), "a request has request memory");
        Check.That(await client.GetStringAsync("/limit") == "4194304", "the limit is read from the configuration");
        await RefusedAsync(client, "/greedy", "\"limit\":4194304");
        await RefusedAsync(client, "/modest", "\"limit\":1048576");
        Check.That(await client.GetStringAsync("/health") == "Degraded", "the health check knows of the refusal");
        await app.StopAsync();
    }

    private static async Task RefusedAsync(HttpClient client, string path, string detail)
    {
        using HttpResponseMessage response = await client.GetAsync(path);
        string body = await response.Content.ReadAsStringAsync();
        Check.That(
            response.StatusCode == HttpStatusCode.ServiceUnavailable
            && response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            && body.Contains(detail, StringComparison.Ordinal),
            $"{path} is refused with problem details");
    }
}
