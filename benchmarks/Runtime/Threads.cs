namespace LifetimeAnalyzers.Benchmarks;

internal static class Threads
{
    public static void Run(Report report)
    {
    }
}
