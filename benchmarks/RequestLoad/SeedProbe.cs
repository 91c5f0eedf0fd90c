using LifetimeAnalyzers.Demo;

namespace LifetimeAnalyzers.Benchmarks.RequestLoad;

/// <summary>KiB that a request adds to the server's process, as medians of per-request differences.</summary>
public readonly record struct Growth(long Virtual, long Resident);

/// <summary>The first seed under real Kestrel: how much a server grows with every request.</summary>
public static class SeedProbe
{
    private const int WarmUp = 10;
    private const int Requests = 20;
    private const long LargeRequestKiB = 120 * 1024;

    /// <summary>The requests that are measured, and what each shows.</summary>
    public static readonly IReadOnlyList<(string Path, string What)> Cases =
    [
        ("/malloc?touch=false", "Malloc 2 MiB, untouched"),
        ("/malloc?touch=true", "Malloc 2 MiB, touched"),
        ("/emalloc?touch=true&count=1&size=2097152", "Emalloc 2 MiB"),
        ("/emalloc?touch=true&count=10&size=2097152", "Emalloc 10 x 2 MiB"),
        ("/emalloc?touch=true&count=20000&size=1000", "Emalloc 20,000 x 1000 B"),
    ];

    /// <summary>Measures one request path on a fresh server.</summary>
    public static async Task<Growth> MeasureAsync(string path)
    {
        await using ServerProcess server = await ServerProcess.StartAsync();
        List<ProcessMemory> samples = [];
        for (int request = 0; request < WarmUp + Requests; request++)
        {
            await server.Client.GetStringAsync(path);
            if (request >= WarmUp - 1)
            {
                samples.Add(server.Memory);
            }
        }

        return new Growth(Median(samples, sample => sample.Virtual), Median(samples, sample => sample.Resident));
    }

    /// <summary>What a request of 120 MiB leaves behind when nothing follows: how much larger the server is once it has had ample time to trim.</summary>
    public static async Task<Growth> AfterLargeRequestAsync()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(trimSeconds: 1);
        for (int request = 0; request < WarmUp; request++)
        {
            await server.Client.GetStringAsync("/emalloc?touch=true&count=1&size=1000");
        }

        ProcessMemory before = server.Memory;
        await server.Client.GetStringAsync("/emalloc?touch=true&count=60&size=2097152");
        Growth growth = default;
        for (int attempt = 0; attempt < 100; attempt++)
        {
            await Task.Delay(200);
            growth = new Growth(server.Memory.Virtual - before.Virtual, server.Memory.Resident - before.Resident);
            if (growth.Resident < LargeRequestKiB / 10 && growth.Virtual < LargeRequestKiB / 10)
            {
                // the addresses go back a round after the memory
                break;
            }
        }

        return growth;
    }

    private static long Median(List<ProcessMemory> samples, Func<ProcessMemory, long> size)
    {
        long[] differences = [.. samples.Zip(samples.Skip(1), (before, after) => size(after) - size(before)).Order()];
        return (differences[(differences.Length - 1) / 2] + differences[differences.Length / 2]) / 2;
    }
}
