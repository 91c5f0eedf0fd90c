namespace LifetimeAnalyzers.Benchmarks;

/// <summary>Managed bytes: none for a block, few for a scope.</summary>
internal static class Managed
{
    public static void Run(Report report)
    {
        if (!report.Section("managed bytes"))
        {
            return;
        }

        var thread = new Thread(() =>
        {
            var ambient = new RequestScopeOptions();
            var explicitly = new RequestScopeOptions { Ambient = false };
            long blocks = Bytes(() =>
            {
                using var scope = RequestScope.Begin(explicitly);
                for (int i = 0; i < 100; i++)
                {
                    scope.Efree(scope.Emalloc(i * 100));
                }
            });
            long empty = Bytes(() => RequestScope.Begin(explicitly).Dispose());
            report.Note($"a scope {Bytes(() => RequestScope.Begin(ambient).Dispose())} bytes, one that is not ambient {empty}, 100 blocks {blocks - empty}");
            report.Bar("managed bytes of an ambient scope", Bytes(() => RequestScope.Begin(ambient).Dispose()), 256, 0);
            report.Bar("managed bytes of a block", blocks - empty, 0, 0);
        });
        thread.UnsafeStart();
        thread.Join();
    }

    private static long Bytes(Action action)
    {
        for (int i = 0; i < 100; i++)
        {
            action();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            action();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / 1000;
    }
}
