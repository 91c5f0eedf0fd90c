namespace LifetimeAnalyzers.Benchmarks;

internal static class Requests
{
    public static void Run(Report report)
    {
    }
}
