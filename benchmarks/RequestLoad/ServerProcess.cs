using System.Diagnostics;
using System.Globalization;
using LifetimeAnalyzers.Demo;

namespace LifetimeAnalyzers.Benchmarks.RequestLoad;

/// <summary>The load server in a process of its own, so that its memory is nobody else's.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5) }) { BaseAddress = address };
    }

    public HttpClient Client { get; }

    /// <summary>Virtual and resident size in KiB.</summary>
    internal ProcessMemory Memory => ProcessMemory.Read(_process);

    /// <param name="trimSeconds">Within how many seconds an idle server gives back what it keeps ready.</param>
    public static async Task<ServerProcess> StartAsync(int trimSeconds = 10)
    {
        ProcessStartInfo start = new("dotnet", [typeof(ServerProcess).Assembly.Location, "serve"]) { RedirectStandardOutput = true, RedirectStandardInput = true };

        // Once a block of 2 MiB is freed, glibc stops mapping such blocks one by one; fixed here, so that every one of them shows.
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = "131072";

        // The collector's own youngest generation (hexadecimal bytes): small, so that garbage is reused during the warm-up and does not look like growth.
        start.Environment["DOTNET_GCgen0size"] = "400000";
        start.Environment["LIFETIME_TRIM_INTERVAL"] = trimSeconds.ToString(CultureInfo.InvariantCulture);
        Process process = Process.Start(start)!;
        string? address = await process.StandardOutput.ReadLineAsync();
        return address is null
            ? throw new InvalidOperationException("The load server did not start.")
            : new ServerProcess(process, new Uri(address));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
