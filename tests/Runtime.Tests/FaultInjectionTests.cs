namespace LifetimeAnalyzers.Tests;

/// <summary>Chosen allocations fail, the same ones each time.</summary>
public sealed class FaultInjectionTests
{
    private static RequestScopeOptions Faults(FaultInjectionOptions faults) => new() { FaultInjection = faults };

    [Fact]
    public void The_nth_call_fails_and_only_that()
    {
        using var scope = RequestScope.Begin(Faults(new FaultInjectionOptions { FailNth = 3 }));
        Heap.Emalloc(1);
        Heap.Ecalloc(1, 1);
        var error = Assert.Throws<SimulatedOutOfMemoryException>(() => Heap.Emalloc(100));
        Assert.Equal(("Emalloc", 100, 3), (error.Function, error.Requested, error.CallNumber));
        Assert.NotEqual(0, Heap.Emalloc(1));
        Assert.Equal(48, scope.GetUsage());
    }

    [Fact]
    public void Only_the_chosen_functions_count()
    {
        using var scope = RequestScope.Begin(Faults(new FaultInjectionOptions { FailNth = 1, Functions = FaultFunctions.Erealloc | FaultFunctions.Malloc }));
        nint block = Heap.Emalloc(16);
        Assert.Equal("Erealloc", Assert.Throws<SimulatedOutOfMemoryException>(() => Heap.Erealloc(block, 100)).Function);
        Heap.Free(Heap.Malloc(10));
        using var inner = RequestScope.Begin(Faults(new FaultInjectionOptions { FailNth = 1, Functions = FaultFunctions.Malloc }));
        Assert.Equal("Malloc", Assert.Throws<SimulatedOutOfMemoryException>(() => Heap.Malloc(10)).Function);
        Heap.Free(Heap.Calloc(1, 1));
    }

    [Fact]
    public void TryEmalloc_fails_quietly()
    {
        using var scope = RequestScope.Begin(Faults(new FaultInjectionOptions { FailNth = 1 }));
        Assert.False(Heap.TryEmalloc(10, out nint _));
        Assert.True(Heap.TryEmalloc(10, out nint _));
    }

    [Fact]
    public void Random_failures_are_the_same_each_time()
    {
        bool[] first = Draw(7);
        Assert.Equal(first, Draw(7));
        Assert.NotEqual(first, Draw(8));
        Assert.InRange(first.Count(failed => failed), 50, 150);

        static bool[] Draw(int seed)
        {
            using var scope = RequestScope.Begin(Faults(new FaultInjectionOptions { Probability = 0.1, Seed = seed }));
            return [.. Enumerable.Range(0, 1000).Select(_ => !Heap.TryEmalloc(16, out nint _))];
        }
    }

    [Fact]
    public void Every_allocation_of_a_careful_scenario_may_fail()
    {
        FaultRunReport report = ExhaustiveFaults.Run(static () =>
        {
            nint a = 0;
            nint b = 0;
            try
            {
                a = Heap.Emalloc(100);
                b = Heap.Ecalloc(10, 10);
                a = Heap.Erealloc(a, 10_000);
                Heap.EmallocSpan<int>(5)[0] = 1;
            }
            finally
            {
                Heap.Efree(b);
                Heap.Efree(a);
            }
        }, FaultChecks.None);
        Assert.Equal(5, report.Runs);
        Assert.True(report.Succeeded);
    }

    [Fact]
    public void What_is_lost_when_an_allocation_fails_is_found()
    {
        FaultRunReport report = ExhaustiveFaults.Run(static () =>
        {
            nint a = Heap.Emalloc(100);
            nint b = Heap.Emalloc(200);
            Heap.Efree(b);
            Heap.Efree(a);
        }, FaultChecks.NothingLeft);
        Assert.Equal(3, report.Runs);
        FaultRunFailure failure = Assert.Single(report.Failures);
        Assert.Equal(2, failure.FailedCall);
        Assert.Equal(100, failure.Leaks.TotalBytes);
        Assert.Contains("call 2", report.ToString());
    }

    [Fact]
    public async Task An_error_of_another_kind_is_found()
    {
        FaultRunReport report = await ExhaustiveFaults.RunAsync(static async () =>
        {
            await Task.Yield();
            try
            {
                Heap.Emalloc(10);
            }
            catch (OutOfMemoryException e)
            {
                throw new FormatException("hidden", e);
            }
        }, FaultChecks.None);
        Assert.IsType<FormatException>(Assert.Single(report.Failures).Unexpected);
    }
}
