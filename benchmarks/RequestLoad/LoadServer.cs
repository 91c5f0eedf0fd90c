using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LifetimeAnalyzers.Benchmarks.RequestLoad;

/// <summary>A Kestrel server whose end points use request memory in the ways that requests do: well, greedily, failing, and abandoned.</summary>
public static class LoadServer
{
    /// <summary>Bytes of request memory that a request may have.</summary>
    public const long MemoryLimit = 64L * 1024 * 1024;

    private const string FailNthHeader = "X-Fail-Nth";

    public static WebApplication Create(string url)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        builder.Services.AddRequestScopes(options =>
        {
            options.MemoryLimit = MemoryLimit;
            options.ConfigureScope = InjectFault;
        });
        WebApplication app = builder.Build();
        app.UseRequestScope();
        app.MapGet("/malloc", (bool touch) => Seed(Heap.Malloc(2 << 20), 2 << 20, touch));
        app.MapGet("/emalloc", (bool touch, int count, int size) =>
        {
            for (int block = 0; block < count; block++)
            {
                Seed(Heap.Emalloc(size), size, touch);
            }

            return "ok";
        }).WithRequestMemoryLimit("256M");
        app.MapGet("/work", (int seed) => RequestWork.RunAsync(seed));
        app.MapGet("/greedy", () =>
        {
            while (true)
            {
                Heap.Emalloc(1 << 20);
            }
        }).WithRequestMemoryLimit("4M");
        app.MapGet("/stream", StreamAsync);
        app.MapGet("/idle", () =>
        {
            MemoryRetention.Trim(); // what is kept ready comes and goes
            return string.Create(CultureInfo.InvariantCulture, $"{GC.GetTotalMemory(forceFullCollection: true)}");
        });
        return app;
    }

    private static void InjectFault(HttpContext context, RequestScopeOptions options)
    {
        if (context.Request.Headers.TryGetValue(FailNthHeader, out var header) && long.TryParse(header, CultureInfo.InvariantCulture, out long nth))
        {
            options.FaultInjection = new FaultInjectionOptions { FailNth = nth };
        }
    }

    /// <summary>Sends until the client is tired of it, from request memory that is taken anew for every part.</summary>
    private static async Task StreamAsync(HttpContext context)
    {
        try
        {
            while (true)
            {
                Memory<byte> part = Heap.EmallocMemory<byte>(16 * 1024);
                part.Span.Fill(0x5a);
                await context.Response.Body.WriteAsync(part, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(1, context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The client went away, which is what this end point is for.
        }
    }

    private static unsafe string Seed(nint block, int size, bool touch)
    {
        if (touch)
        {
            new Span<byte>((void*)block, size).Fill(1);
        }

        return "ok";
    }
}
