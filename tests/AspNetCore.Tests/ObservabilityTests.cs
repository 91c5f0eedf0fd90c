using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LifetimeAnalyzers.AspNetCore.Tests;

/// <summary>What request scopes tell the log, the meter and the health check.</summary>
public sealed class ObservabilityTests
{
    [Fact]
    public async Task In_development_a_request_reports_what_it_left_to_the_scope()
    {
        await using TestServer server = await TestServer.StartAsync(MapForgetful, environment: "Development");

        await server.Client.GetStringAsync("/forgetful");

        await Eventually.IsTrue(() => server.Log.Scopes.Any());
        string report = Assert.Single(server.Log.Scopes);
        Assert.StartsWith("Information", report, StringComparison.Ordinal);
        Assert.Contains("ObservabilityTests.cs(", report, StringComparison.Ordinal);
        Assert.Contains("Emalloc leak: 3 blocks, 3000 bytes (request GET /forgetful)", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_that_frees_everything_reports_nothing()
    {
        RequestScope? seen = null;
        await using TestServer server = await TestServer.StartAsync(
            app => app.MapGet("/", () =>
            {
                seen = RequestScope.Required;
                Heap.Efree(Heap.Emalloc(1000));
                return "ok";
            }),
            environment: "Development");

        await server.Client.GetStringAsync("/");

        await Eventually.IsTrue(() => seen!.IsEnded);
        Assert.Empty(server.Log.Scopes);
    }

    [Fact]
    public async Task In_production_reports_are_off_until_switched_on()
    {
        await using TestServer quiet = await TestServer.StartAsync(MapForgetful);
        await using TestServer loud = await TestServer.StartAsync(MapForgetful, configuration: new() { ["RequestScopes:Debug"] = "true" });

        await quiet.Client.GetStringAsync("/forgetful");
        await loud.Client.GetStringAsync("/forgetful");

        await Eventually.IsTrue(() => loud.Log.Scopes.Any());
        Assert.Empty(quiet.Log.Scopes);
    }

    [Fact]
    public async Task Meter_counts_scopes_refusals_and_peaks_by_route()
    {
        ConcurrentBag<(string Name, long Value, object? Route)> measured = [];
        await using TestServer server = await TestServer.StartAsync(
            app => app.MapGet("/take/{bytes}", (int bytes) =>
            {
                Heap.Emalloc(bytes);
                return "ok";
            }),
            options => options.MemoryLimit = 1 << 20);
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "LifetimeAnalyzers.AspNetCore" && instrument.Meter.Scope == server.Services.GetRequiredService<IMeterFactory>())
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            measured.Add((instrument.Name, value, tags.ToArray().FirstOrDefault(tag => tag.Key == "http.route").Value)));
        listener.Start();

        await server.Client.GetStringAsync("/take/5000");
        using HttpResponseMessage refused = await server.Client.GetAsync("/take/5000000");

        await Eventually.IsTrue(() => measured.Count(one => one.Name == "lifetime.request.memory.peak") == 2);
        Assert.Equal(0, measured.Where(one => one.Name == "lifetime.request.scopes").Sum(one => one.Value));
        Assert.Equal(4, measured.Count(one => one.Name == "lifetime.request.scopes"));
        Assert.Equal("/take/{bytes}", Assert.Single(measured, one => one.Name == "lifetime.request.limit_exceeded").Route);
        Assert.InRange(measured.Where(one => one.Name == "lifetime.request.memory.peak").Max(one => one.Value), 5000, 1 << 20);
    }

    [Fact]
    public async Task Health_is_degraded_for_a_while_after_a_refusal()
    {
        ManualTime time = new();
        await using TestServer server = await TestServer.StartAsync(
            app => app.MapGet("/", () => { Heap.Emalloc(1 << 24); }),
            options => options.MemoryLimit = 1 << 20,
            services =>
            {
                services.AddSingleton<TimeProvider>(time);
                services.AddHealthChecks().AddRequestScopes();
            });
        HealthCheckService health = server.Services.GetRequiredService<HealthCheckService>();

        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync()).Status);
        using HttpResponseMessage refused = await server.Client.GetAsync("/");
        HealthReport after = await health.CheckHealthAsync();
        time.Pass(TimeSpan.FromSeconds(61));

        Assert.Equal(HealthStatus.Degraded, after.Status);
        Assert.Equal(1L, after.Entries["request_scopes"].Data["limit_exceeded"]);
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync()).Status);
    }

    private static void MapForgetful(WebApplication app) => app.MapGet("/forgetful", () =>
    {
        for (int block = 0; block < 3; block++)
        {
            Heap.Emalloc(1000);
        }

        return "ok";
    });

    private sealed class ManualTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        public void Pass(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
    }
}
