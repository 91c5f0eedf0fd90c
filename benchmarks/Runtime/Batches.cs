namespace LifetimeAnalyzers.Benchmarks;

internal static class Batches
{
    public static void Run(Report report)
    {
    }
}
