using LifetimeAnalyzers.Benchmarks.RequestLoad;

namespace LifetimeAnalyzers.AspNetCore.Tests;

/// <summary>The first seed and the load run of <c>benchmarks/RequestLoad</c>, short enough for every day.</summary>
public sealed class SeedAndLoadTests
{
    // A page of the allocator's own and the rounding to pages come on top of 2 MiB.
    private const long BlockKiB = 2052;

    [Theory]
    [InlineData("/malloc?touch=false", BlockKiB, 0)]
    [InlineData("/malloc?touch=true", BlockKiB, 2048)]
    [InlineData("/emalloc?touch=true&count=1&size=2097152", 0, 0)]
    [InlineData("/emalloc?touch=true&count=10&size=2097152", 0, 0)]
    [InlineData("/emalloc?touch=true&count=20000&size=1000", 0, 0)]
    public async Task Server_grows_by_what_is_not_given_back_and_by_nothing_else(string path, long virtualKiB, long residentKiB)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Growth growth = await SeedProbe.MeasureAsync(path);

        Assert.InRange(growth.Virtual, virtualKiB - 8, virtualKiB + 8);
        Assert.InRange(growth.Resident, residentKiB - 128, residentKiB + 128);
    }

    [Fact]
    public async Task Memory_of_a_large_request_goes_back_to_the_system_when_nothing_follows()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Growth growth = await SeedProbe.AfterLargeRequestAsync();

        Assert.InRange(growth.Virtual, long.MinValue, 20 * 1024);
        Assert.InRange(growth.Resident, long.MinValue, 12 * 1024);
    }

    [Fact]
    public async Task Healthy_requests_are_served_among_greedy_failing_and_abandoned_ones()
    {
        await using ServerProcess server = await ServerProcess.StartAsync();

        LoadResult result = await new LoadClient(server.Client).RunAsync(4000, 8, _ => Task.CompletedTask, CancellationToken.None);

        Assert.Null(result.FirstWrong);
        Assert.Equal(new LoadResult(Healthy: 3400, Refused: 200, Faulted: 200, Aborted: 200, Wrong: 0, FirstWrong: null), result);
    }
}
