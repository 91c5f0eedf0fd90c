namespace LifetimeAnalyzers.Benchmarks;

internal static class Diagnostics
{
    public static void Run(Report report)
    {
    }
}
