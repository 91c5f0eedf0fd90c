using System.Globalization;
using System.Net;

namespace LifetimeAnalyzers.Benchmarks.RequestLoad;

/// <summary>What came of a load: requests by kind, and the first words about what went wrong.</summary>
public sealed record LoadResult(long Healthy, long Refused, long Faulted, long Aborted, long Wrong, string? FirstWrong);

/// <summary>Sends healthy, greedy, failing and abandoned requests at once, and holds every answer against what it must be.</summary>
public sealed class LoadClient(HttpClient client)
{
    private long _healthy, _refused, _faulted, _aborted, _wrong;
    private string? _firstWrong;

    /// <summary>Sends <paramref name="requests"/>, of which 1 in 20 is greedy, 1 in 20 has a failing allocation and 1 in 20 is abandoned by the client.</summary>
    public async Task<LoadResult> RunAsync(int requests, int parallel, Func<int, Task> every10000, CancellationToken cancellation)
    {
        int sent = 0;
        const int Batch = 10_000;
        for (int from = 0; from < requests; from += Batch)
        {
            int to = Math.Min(requests, from + Batch);
            await Parallel.ForAsync(from, to, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellation }, async (number, token) =>
            {
                try
                {
                    await SendAsync(number, token);
                }
                catch (Exception failure) when (failure is HttpRequestException or IOException)
                {
                    Wrong($"request {number}: {failure.Message}");
                }
            });
            sent = to;
            await every10000(sent);
        }

        return new LoadResult(_healthy, _refused, _faulted, _aborted, _wrong, _firstWrong);
    }

    private async ValueTask SendAsync(int number, CancellationToken cancellation)
    {
        switch (number % 20)
        {
            case 5:
                await ExpectAsync("/greedy", null, HttpStatusCode.ServiceUnavailable, cancellation);
                Interlocked.Increment(ref _refused);
                break;
            case 11:
                await ExpectAsync($"/work?seed={number}", "X-Fail-Nth", HttpStatusCode.InternalServerError, cancellation);
                Interlocked.Increment(ref _faulted);
                break;
            case 17:
                await AbandonAsync(cancellation);
                Interlocked.Increment(ref _aborted);
                break;
            default:
                string answer = await client.GetStringAsync($"/work?seed={number}", cancellation);
                if (answer != RequestWork.Expected(number))
                {
                    Wrong($"request {number} answered {answer} instead of {RequestWork.Expected(number)}");
                }

                Interlocked.Increment(ref _healthy);
                break;
        }
    }

    private async Task ExpectAsync(string path, string? header, HttpStatusCode status, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        if (header is not null)
        {
            request.Headers.Add(header, (1 + Random.Shared.Next(40)).ToString(CultureInfo.InvariantCulture));
        }

        using HttpResponseMessage response = await client.SendAsync(request, cancellation);
        if (response.StatusCode != status)
        {
            Wrong($"{path} answered {response.StatusCode} instead of {status}");
        }
    }

    private async Task AbandonAsync(CancellationToken cancellation)
    {
        using HttpResponseMessage response = await client.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead, cancellation);
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellation);
        byte[] part = new byte[1024];
        await body.ReadExactlyAsync(part, cancellation);
        if (part.AsSpan().ContainsAnyExcept((byte)0x5a))
        {
            Wrong("the stream holds something else than what was written to it");
        }
    }

    private void Wrong(string what)
    {
        Interlocked.Increment(ref _wrong);
        Interlocked.CompareExchange(ref _firstWrong, what, null);
    }
}
