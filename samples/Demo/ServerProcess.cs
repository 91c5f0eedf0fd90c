using System.Diagnostics;

namespace LifetimeAnalyzers.Demo;

/// <summary>The sample server, running on a port that the system chose.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int WarmUpRequests = 5;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly HttpClient _client;

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        _client = new HttpClient { BaseAddress = address, Timeout = s_patience };
    }

    /// <summary>Starts the built server and waits until it says where it listens.</summary>
    public static async Task<ServerProcess> StartAsync(string assembly, string packageVersion, CancellationToken cancellation)
    {
        Process process = DotnetCommand.Start(Path.GetDirectoryName(assembly)!, [assembly, "--urls", "http://127.0.0.1:0"], packageVersion);
        TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<string> printed = [];
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            Task ended = process.WaitForExitAsync(cancellation);
            if (await Task.WhenAny(listening.Task, ended).WaitAsync(s_patience, cancellation) == ended)
            {
                await ended; // it did, or the wait was cancelled
                throw new DemoException($"The sample server ended before it listened:\n{string.Join('\n', printed)}");
            }

            return new ServerProcess(process, await listening.Task);
        }
        catch (Exception failure)
        {
            await StopAsync(process);
            throw failure is TimeoutException ? new DemoException("The sample server did not start to listen within two minutes.") : failure;
        }

        void Read(string? line)
        {
            const string Marker = "Now listening on: ";
            if (line is null)
            {
                return;
            }

            lock (printed)
            {
                printed.Add(line);
            }

            int at = line.IndexOf(Marker, StringComparison.Ordinal);
            if (at >= 0)
            {
                listening.TrySetResult(new Uri(line[(at + Marker.Length)..].Trim()));
            }
        }
    }

    /// <summary>Sends a bounded number of requests, one after the other, and reads the process's memory after each.</summary>
    public async Task<Series> MeasureAsync(EndPoint endPoint, int requests, CancellationToken cancellation)
    {
        List<ProcessMemory> samples = [];
        List<string> answers = [];
        for (int request = 0; request < WarmUpRequests + requests; request++)
        {
            string answer = await _client.GetStringAsync($"{endPoint.Path}?seed={request}", cancellation);
            if (request >= WarmUpRequests)
            {
                answers.Add(answer);
            }

            if (request >= WarmUpRequests - 1)
            {
                samples.Add(ProcessMemory.Read(_process));
            }
        }

        return new Series(endPoint, samples, answers);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await StopAsync(_process);
    }

    private static async Task StopAsync(Process process)
    {
        await ChildProcess.KillAsync(process);
        process.Dispose();
    }
}
