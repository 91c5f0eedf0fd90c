namespace LifetimeAnalyzers.Benchmarks;

internal static class Hops
{
    public static Task Run(Report report) => Task.CompletedTask;
}
