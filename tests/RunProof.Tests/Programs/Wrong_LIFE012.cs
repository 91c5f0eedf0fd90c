// mistake: a scope is still open
// output: every scope has ended
using LifetimeAnalyzers;

public static class Program
{
    public static string Run()
    {
        var before = RequestScope.Current;
        Serve(early: true);
        return RequestScope.Current == before ? "every scope has ended" : "a scope is still open";
    }

    private static void Serve(bool early)
    {
        var scope = RequestScope.Begin();
        Heap.Emalloc(16);
        if (early)
        {
            return;
        }

        scope.Dispose();
    }
}
