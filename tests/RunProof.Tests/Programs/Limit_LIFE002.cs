// mistake: threw MemoryLimitExceededException
// output: 100 messages
using LifetimeAnalyzers;

public static class Program
{
    public static string Run()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 1 << 20 });
        return Serve(100) + " messages";
    }

    [PersistentServer]
    private static unsafe int Serve(int messages)
    {
        var served = 0;
        while (served < messages)
        {
            nint block = Heap.Emalloc(65536);
            *(byte*)block = 1;
            served += *(byte*)block;
        }

        return served;
    }
}
