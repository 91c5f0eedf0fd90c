using System.Diagnostics;
using System.Globalization;

namespace LifetimeAnalyzers.Tests;

/// <summary>
/// What the operating system sees of a process that serves twenty requests. Medians of per-request differences, since the
/// framework itself takes memory now and then.
/// </summary>
public sealed class ProcessMemoryTests
{
    [LinuxTheory]
    [InlineData("untouched", 0, 64)]
    [InlineData("touched", 2040, 2116)]
    public void Malloc_lasts_as_long_as_the_process(string touch, int leastResident, int mostResident)
    {
        (long Size, long Resident)[] memory = Probe("requests", "malloc", "1", "2097152", touch);
        Assert.InRange(Median(memory, m => m.Size), 2044, 2060);
        Assert.InRange(Median(memory, m => m.Resident), leastResident, mostResident);
    }

    [LinuxTheory]
    [InlineData("1", "2097152", "untouched")]
    [InlineData("1", "2097152", "touched")]
    [InlineData("10", "2097152", "touched")]
    [InlineData("20000", "1000", "touched")]
    [InlineData("3", "50000000", "untouched")]
    public void Emalloc_lasts_as_long_as_the_request(string count, string size, string touch)
    {
        (long Size, long Resident)[] memory = Probe("requests", "emalloc", count, size, touch);
        Assert.Equal(0, Median(memory, m => m.Size));
        Assert.InRange(Median(memory[2..], m => m.Resident), long.MinValue, 64);
    }

    [LinuxTheory]
    [InlineData("untouched", 0, 64)]
    [InlineData("touched", 2040, 2116)]
    public void Emalloc_in_a_scope_that_never_ends_lasts_as_long_as_the_process(string touch, int leastResident, int mostResident)
    {
        (long Size, long Resident)[] memory = Probe("worker", "2097152", touch);
        Assert.Equal(2048, Median(memory, m => m.Size));
        Assert.InRange(Median(memory, m => m.Resident), leastResident, mostResident);
    }

    [LinuxTheory]
    [InlineData(6144)]
    public void What_a_large_request_took_is_given_back_when_it_is_idle(int slack)
    {
        (long Size, long Resident)[] memory = Probe("idle");
        Assert.InRange(memory[1].Resident - memory[0].Resident, 40_000, 70_000); // what is kept ready: at most 64 MiB
        Assert.InRange(memory[2].Resident - memory[0].Resident, long.MinValue, slack);
    }

    [LinuxTheory]
    [InlineData(0)]
    public void A_steady_load_gives_nothing_back(int most)
    {
        long[] returned = [.. Run("steady").Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
        Assert.Equal(2, returned.Length);
        Assert.InRange(returned[1] - returned[0], 0, most);
    }

    [LinuxTheory]
    [InlineData("ssl")]
    [InlineData("crypto")]
    public void Nothing_is_loaded_that_small_containers_do_not_have(string library) =>
        Assert.DoesNotContain(Run("loaded"), loaded => loaded.Contains(library, StringComparison.OrdinalIgnoreCase));

    private static long Median((long Size, long Resident)[] memory, Func<(long Size, long Resident), long> value)
    {
        long[] differences = [.. memory.Zip(memory.Skip(1), (before, after) => value(after) - value(before)).Skip(1).Order()];
        return differences[differences.Length / 2];
    }

    private static (long Size, long Resident)[] Probe(params string[] arguments) =>
        [.. Run(arguments).Select(line => line.Split(' ')).Select(f => (long.Parse(f[0], CultureInfo.InvariantCulture), long.Parse(f[1], CultureInfo.InvariantCulture)))];

    private static string[] Run(params string[] arguments)
    {
        string probe = Path.Combine(AppContext.BaseDirectory, "LifetimeAnalyzers.Runtime.Probe.dll");
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(probe);
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment["DOTNET_TieredCompilation"] = "0"; // what a compiler in the background takes is not the requests'
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
