namespace LifetimeAnalyzers.Benchmarks;

internal static class Managed
{
    public static void Run(Report report)
    {
    }
}
