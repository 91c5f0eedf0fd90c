using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LifetimeAnalyzers.AspNetCore.Tests;

/// <summary>Options from configuration and code, and nonsense said so at the start.</summary>
public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("16M", 16L << 20)]
    [InlineData("512k", 512L << 10)]
    [InlineData("4096", 4096)]
    [InlineData("-1", -1)]
    [InlineData("", 128L << 20)]
    public async Task Limit_is_read_as_people_write_it(string text, long expected)
    {
        await using TestServer server = await TestServer.StartAsync(
            app => app.MapGet("/", () => RequestScope.Required.MemoryLimit), configuration: new() { ["RequestScopes:MemoryLimit"] = text });

        Assert.Equal(expected, long.Parse(await server.Client.GetStringAsync("/")));
    }

    [Fact]
    public async Task Code_has_the_last_word()
    {
        await using TestServer server = await TestServer.StartAsync(
            app => app.MapGet("/", () => RequestScope.Required.MemoryLimit),
            options => options.MemoryLimit /= 2,
            configuration: new() { ["RequestScopes:MemoryLimit"] = "16M" });

        Assert.Equal(8L << 20, long.Parse(await server.Client.GetStringAsync("/")));
    }

    [Theory]
    [InlineData("MemoryLimit", "plenty", "RequestScopes:MemoryLimit is 'plenty', but has to be a size such as 128M, a number of bytes, or -1 for no limit.")]
    [InlineData("MemoryLimit", "0", "MemoryLimit is 0, but has to be a positive number of bytes, or -1 for no limit.")]
    [InlineData("Debug", "perhaps", "RequestScopes:Debug is 'perhaps', but has to be true or false.")]
    [InlineData("MaxCachedBytes", "-1", "RequestScopes:MaxCachedBytes is '-1', but has to be a size such as 64M, or a number of bytes.")]
    [InlineData("TrimInterval", "00:00:00", "RequestScopes:TrimInterval is '00:00:00', but has to be a time such as 00:00:10.")]
    [InlineData("DegradedAfterLimitExceeded", "soon", "RequestScopes:DegradedAfterLimitExceeded is 'soon', but has to be a time such as 00:01:00.")]
    public async Task Nonsense_stops_the_start_with_a_sentence(string key, string value, string expected)
    {
        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => TestServer.StartAsync(app => app.MapGet("/", () => "ok"), configuration: new() { [$"RequestScopes:{key}"] = value }));

        Assert.Equal(expected, error.Message);
    }

    [Fact]
    public void Section_may_have_another_name_and_acts_when_it_changes()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Limits:MemoryLimit"] = "1M" }).Build();
        using ServiceProvider services = new ServiceCollection().AddRequestScopes(configuration.GetSection("Limits")).BuildServiceProvider();
        IOptionsMonitor<RequestScopesOptions> options = services.GetRequiredService<IOptionsMonitor<RequestScopesOptions>>();

        long before = options.CurrentValue.MemoryLimit;
        configuration["Limits:MemoryLimit"] = "2M";
        configuration.Reload();

        Assert.Equal(1L << 20, before);
        Assert.Equal(2L << 20, options.CurrentValue.MemoryLimit);
    }

    [Fact]
    public async Task What_the_process_keeps_ready_is_an_option_too()
    {
        (long cached, TimeSpan interval) = (MemoryRetention.MaxCachedBytes, MemoryRetention.TrimInterval);
        try
        {
            await using TestServer server = await TestServer.StartAsync(
                app => app.MapGet("/", () => "ok"),
                configuration: new() { ["RequestScopes:MaxCachedBytes"] = "48M", ["RequestScopes:TrimInterval"] = "00:00:07" });

            Assert.Equal((48L << 20, TimeSpan.FromSeconds(7)), (MemoryRetention.MaxCachedBytes, MemoryRetention.TrimInterval));
        }
        finally
        {
            (MemoryRetention.MaxCachedBytes, MemoryRetention.TrimInterval) = (cached, interval);
        }
    }

    [Fact]
    public async Task Calls_of_a_request_can_be_traced_by_configuration()
    {
        using TracedCalls calls = new();
        await using TestServer server = await TestServer.StartAsync(
            app => app.MapGet("/", () =>
            {
                Heap.Efree(Heap.Emalloc(123));
                return RequestScope.Required.Id;
            }),
            configuration: new() { ["RequestScopes:Trace"] = "true" });

        long scope = long.Parse(await server.Client.GetStringAsync("/"));

        Assert.Equal([MemoryFunction.Emalloc, MemoryFunction.Efree], calls.Of(scope));
    }

    private sealed class TracedCalls : EventListener
    {
        private readonly ConcurrentQueue<(long Scope, MemoryFunction Function)> _calls = new();

        public TracedCalls() => EnableEvents(RuntimeEventSource.Log, EventLevel.Verbose, RuntimeEventSource.Keywords.Trace);

        public IEnumerable<MemoryFunction> Of(long scope) => _calls.Where(call => call.Scope == scope).Select(call => call.Function);

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventName == nameof(RuntimeEventSource.MemoryCall))
            {
                _calls.Enqueue(((long)eventData.Payload![7]!, (MemoryFunction)(int)eventData.Payload[0]!));
            }
        }
    }

    [Fact]
    public async Task One_request_may_have_its_own_options()
    {
        await using TestServer server = await TestServer.StartAsync(
            app => app.MapGet("/", () => Record.Exception(() => Heap.Emalloc(10))?.GetType().Name ?? "taken"),
            options => options.ConfigureScope = (context, scope) =>
                scope.FaultInjection = context.Request.Query.ContainsKey("fail") ? new FaultInjectionOptions { FailNth = 1 } : null);

        Assert.Equal("taken", await server.Client.GetStringAsync("/"));
        Assert.Equal(nameof(SimulatedOutOfMemoryException), await server.Client.GetStringAsync("/?fail"));
    }
}
