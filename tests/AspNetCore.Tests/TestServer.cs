using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LifetimeAnalyzers.AspNetCore.Tests;

/// <summary>An application on real Kestrel at a port that the system chooses, with what it logged.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestServer(WebApplication app, LogCollector log)
    {
        _app = app;
        Log = log;
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Client { get; }

    public Uri Address { get; }

    public LogCollector Log { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts an application with request scopes around the end points that <paramref name="map"/> adds.</summary>
    public static async Task<TestServer> StartAsync(
        Action<WebApplication> map,
        Action<RequestScopesOptions>? options = null,
        Action<IServiceCollection>? services = null,
        string environment = "Production",
        Dictionary<string, string?>? configuration = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(configuration ?? []);
        LogCollector log = new();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(log);
        builder.Services.AddRequestScopes(options);
        services?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        app.UseWebSockets();
        app.UseRequestScope();
        map(app);
        await app.StartAsync();
        return new TestServer(app, log);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>Keeps what is logged, one line an entry.</summary>
internal sealed class LogCollector : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = [];

    /// <summary>What request scopes logged so far, level first.</summary>
    public IEnumerable<string> Scopes => _lines.Where(line => line.Contains("LifetimeAnalyzers.RequestScope:", StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => new Collected(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Collected(LogCollector owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner._lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception?.Message}".TrimEnd());
    }
}
