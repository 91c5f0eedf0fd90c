using LifetimeAnalyzers;

internal static class Jobs
{
    public static void Early(bool skip)
    {
        var scope = RequestScope.Begin();
        if (skip)
        {
            return;
        }

        scope.Dispose();
    }

    public static void Never(Action work)
    {
        RequestScope.Begin();
        work();
    }

    public static int Thrown(Func<int> work)
    {
        var scope = RequestScope.Begin();
        var result = work();
        scope.Dispose();
        return result;
    }
}
