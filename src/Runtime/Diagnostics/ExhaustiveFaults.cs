namespace LifetimeAnalyzers;

/// <summary>
/// Runs a scenario again and again, each time with the next allocation failing, until it gets through without one: every
/// place where memory can run out is visited once. For tests of handlers. The scenario must be repeatable.
/// </summary>
public static class ExhaustiveFaults
{
    /// <summary>Runs a synchronous scenario.</summary>
    /// <param name="scenario">Run inside a request scope in debug mode, on the calling thread.</param>
    /// <param name="checks">What is checked after each run, besides that only the simulated failure comes out.</param>
    /// <param name="maxRuns">Gives up after that many runs.</param>
    /// <exception cref="InvalidOperationException">The scenario allocates without end.</exception>
    public static FaultRunReport Run(Action scenario, FaultChecks checks = FaultChecks.NothingLeft, int maxRuns = 100_000)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return RunAsync(
            () =>
            {
                scenario();
                return Task.CompletedTask;
            },
            checks,
            maxRuns).GetAwaiter().GetResult();
    }

    /// <summary>Runs an asynchronous scenario; otherwise as <see cref="Run"/>.</summary>
    /// <param name="scenario">Run inside a request scope in debug mode.</param>
    /// <param name="checks">What is checked after each run, besides that only the simulated failure comes out.</param>
    /// <param name="maxRuns">Gives up after that many runs.</param>
    /// <exception cref="InvalidOperationException">The scenario allocates without end.</exception>
    public static async Task<FaultRunReport> RunAsync(Func<Task> scenario, FaultChecks checks = FaultChecks.NothingLeft, int maxRuns = 100_000)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var failures = new List<FaultRunFailure>();
        for (int run = 1; run <= maxRuns; run++)
        {
            var faults = new FaultInjectionOptions { FailNth = run };
            using var scope = RequestScope.Begin(new RequestScopeOptions { Debug = true, FaultInjection = faults, OnLeaks = static _ => { } });
            Exception? unexpected = null;
            try
            {
                await scenario().ConfigureAwait(false);
            }
            catch (SimulatedOutOfMemoryException)
            {
                // What was asked for.
            }
            catch (Exception e)
            {
                unexpected = e;
            }

            LeakReport leaks = scope.GetLeakReport();
            if (unexpected is not null || (checks.HasFlag(FaultChecks.NothingLeft) && leaks.TotalBlocks > 0))
            {
                failures.Add(new FaultRunFailure(run, unexpected, leaks));
            }

            if (scope.FaultCalls < run)
            {
                return new FaultRunReport(run, failures);
            }
        }

        throw new InvalidOperationException($"The scenario still allocates after {maxRuns} runs.");
    }
}
