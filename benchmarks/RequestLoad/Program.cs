using System.CommandLine;
using System.Diagnostics;
using LifetimeAnalyzers.Benchmarks.RequestLoad;

Option<int> requests = new("--requests") { Description = "How many requests to send.", DefaultValueFactory = _ => 200_000 };
Option<int> parallel = new("--parallel") { Description = "How many at once.", DefaultValueFactory = _ => 16 };
Command load = new("load", "Healthy, greedy, failing and abandoned requests; fails when a healthy one does, or when memory grows.") { requests, parallel };
load.SetAction((parsed, cancellation) => LoadAsync(parsed.GetValue(requests), parsed.GetValue(parallel), cancellation));
Command seed = new("seed", "How much the server grows with every request of 2 MiB.");
seed.SetAction(async (_, _) =>
{
    Console.WriteLine($"{"request",-26} {"virtual",9} {"resident",9}   KiB a request, medians");
    foreach ((string path, string what) in SeedProbe.Cases)
    {
        Growth growth = await SeedProbe.MeasureAsync(path);
        Console.WriteLine($"{what,-26} {growth.Virtual,9} {growth.Resident,9}");
    }

    return 0;
});
Command serve = new("serve", "The server alone; prints its address.");
serve.SetAction(async (_, cancellation) =>
{
    await using var app = LoadServer.Create("http://127.0.0.1:0");
    await app.StartAsync(cancellation);
    Console.WriteLine(app.Urls.Single());

    // The parent's end of the pipe closes when the parent does, however it ends.
    while (await Console.In.ReadLineAsync(cancellation) is not null)
    {
    }

    return 0;
});
return await new RootCommand("Request scopes under load, on real Kestrel.") { load, seed, serve }.Parse(args).InvokeAsync();

static async Task<int> LoadAsync(int requests, int parallel, CancellationToken cancellation)
{
    await using ServerProcess server = await ServerProcess.StartAsync();
    List<long> resident = [];
    long start = Stopwatch.GetTimestamp();
    LoadResult result = await new LoadClient(server.Client).RunAsync(requests, parallel, Sample, cancellation);
    Console.WriteLine($"healthy {result.Healthy}, over the limit {result.Refused}, with a failing allocation {result.Faulted}, abandoned {result.Aborted}, wrong {result.Wrong}");
    if (result.FirstWrong is not null)
    {
        Console.WriteLine($"first wrong: {result.FirstWrong}");
    }

    // Flat: the last quarter of the run is no more than 5 % above the second one; medians, since a collection comes when it likes.
    int quarter = Math.Max(1, resident.Count / 4);
    long early = Median(resident.Skip(quarter).Take(quarter)), late = Median(resident.TakeLast(quarter));
    bool flat = late <= early * 1.05;
    Console.WriteLine($"resident {early} KiB in the second quarter, {late} KiB in the last: {(flat ? "flat" : "GROWS")}");
    return result.Wrong == 0 && flat ? 0 : 1;

    async Task Sample(int sent)
    {
        // A collection and a trim first: what is judged is what stays.
        string kept = await server.Client.GetStringAsync("/idle", cancellation);
        resident.Add(server.Memory.Resident);
        Console.WriteLine($"{sent,9} requests, {Stopwatch.GetElapsedTime(start).TotalSeconds,6:0} s, resident {resident[^1]} KiB ({kept})");
    }
}

static long Median(IEnumerable<long> sizes)
{
    long[] ordered = [.. sizes.Order()];
    return ordered.Length == 0 ? 0 : ordered[ordered.Length / 2];
}
