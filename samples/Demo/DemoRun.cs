using System.Globalization;
using Spectre.Console;

namespace LifetimeAnalyzers.Demo;

/// <summary>The demo from packing to verdict.</summary>
internal sealed class DemoRun(DemoFolders folders, int requests)
{
    // Every pack is a new version: a restore never takes an old one for it.
    private readonly string _version = "0.1.0-demo." + DateTime.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    /// <summary>Returns 0 when every claim holds, else 1.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        folders.Prepare();
        await Display.StepAsync($"Packing the packages as {_version}", () => PackAsync(cancellation));
        SampleServer leaking = new(folders, "before", _version);
        SampleServer repaired = new(folders, "after", _version);

        IReadOnlyList<string> warningsBefore = await Display.StepAsync("Restoring and building the sample server from them", _ => BuildAsync(leaking, cancellation));
        Display.Verbatim(warningsBefore);
        IReadOnlyList<Series> before = await Display.StepAsync("Running it", progress => MeasureAsync(leaking, progress, cancellation));

        repaired.CopySource();
        await Display.StepAsync("Repairing a copy", () => RepairAsync(repaired, cancellation));
        AnsiConsole.MarkupLineInterpolated($"      [bold]{SampleServer.RepairCommand}[/]");
        IReadOnlyList<string> diff = SourceDiff.Compare(leaking.Folder, repaired.Folder);
        await File.WriteAllLinesAsync(folders.Diff, diff, cancellation);
        Display.Diff(diff);

        IReadOnlyList<string> warningsAfter = await Display.StepAsync("Building the copy", _ => repaired.BuildAsync(cancellation));
        Display.Verbatim(warningsAfter);
        IReadOnlyList<Series> after = await Display.StepAsync("Running the copy", progress => MeasureAsync(repaired, progress, cancellation));

        new MemoryChart(before, after).Save(folders.Chart);
        AnsiConsole.WriteLine();
        Display.GrowthTable(before, after);
        bool all = Display.Judge([.. Claims.OfBuilds(warningsBefore, warningsAfter), .. Claims.OfMemory(before, after)]);
        AnsiConsole.WriteLine();
        Console.WriteLine($"Chart: {folders.Chart}");
        Console.WriteLine($"Diff:  {folders.Diff}");
        Console.WriteLine(all ? "Every claim holds." : "A claim does not hold.");
        return all ? 0 : 1;
    }

    private Task PackAsync(CancellationToken cancellation) => new DotnetCommand(folders.Repository, _version).RequireAsync(
        "Packing",
        cancellation,
        "pack",
        Path.Combine("package", "Packages.slnx"),
        "-c",
        "Release",
        "--artifacts-path",
        folders.BuildFiles,
        $"-p:PackageOutputPath={folders.Feed}",
        $"-p:Version={_version}",
        "-v",
        "quiet");

    private static async Task<IReadOnlyList<string>> BuildAsync(SampleServer server, CancellationToken cancellation)
    {
        server.CopySource();
        await server.RestoreAsync(cancellation);
        return await server.BuildAsync(cancellation);
    }

    private static async Task RepairAsync(SampleServer server, CancellationToken cancellation)
    {
        await server.RestoreAsync(cancellation);
        await server.RepairAsync(cancellation);
    }

    /// <summary>A fresh server for every end point: what one of them leaves behind is not measured with the next.</summary>
    private async Task<IReadOnlyList<Series>> MeasureAsync(SampleServer server, Action<string> progress, CancellationToken cancellation)
    {
        List<Series> all = [];
        foreach (EndPoint endPoint in EndPoint.All)
        {
            progress($"{requests} requests to {endPoint.Path}");
            await using ServerProcess process = await ServerProcess.StartAsync(server.Assembly, _version, cancellation);
            all.Add(await process.MeasureAsync(endPoint, requests, cancellation));
        }

        return all;
    }
}
