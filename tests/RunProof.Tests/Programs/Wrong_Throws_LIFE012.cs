// mistake: a scope is still open
// output: every scope has ended
using LifetimeAnalyzers;

public static class Program
{
    public static string Run()
    {
        var before = RequestScope.Current;
        try
        {
            Serve(() => throw new InvalidOperationException());
        }
        catch (InvalidOperationException)
        {
        }

        return RequestScope.Current == before ? "every scope has ended" : "a scope is still open";
    }

    private static void Serve(Action work)
    {
        RequestScope scope = RequestScope.Begin();
        work();
        scope.Dispose();
    }
}
