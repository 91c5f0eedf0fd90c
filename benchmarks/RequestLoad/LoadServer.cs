using System.Diagnostics.Metrics;
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

    private static int s_streams;

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
        app.MapGet("/idle", IdleAsync);
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
        Interlocked.Increment(ref s_streams);
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
        finally
        {
            Interlocked.Decrement(ref s_streams);
        }
    }

    /// <summary>
    /// When no abandoned request runs any more, collects, gives back what is kept ready, and says what is left in KiB: of
    /// request memory, and of the collector's.
    /// </summary>
    private static async Task<string> IdleAsync(CancellationToken cancellation)
    {
        for (int i = 0; i < 200 && Volatile.Read(ref s_streams) > 0; i++)
        {
            await Task.Delay(50, cancellation);
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        MemoryRetention.Trim();
        long requests = 0;
        using MeterListener listener = new();
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name is "lifetime.memory.real" or "lifetime.memory.cached")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, bytes, _, _) => requests += bytes);
        listener.Start();
        listener.RecordObservableInstruments();
        return string.Create(CultureInfo.InvariantCulture, $"request memory {requests / 1024} KiB, collector's {GC.GetGCMemoryInfo().TotalCommittedBytes / 1024} KiB");
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
