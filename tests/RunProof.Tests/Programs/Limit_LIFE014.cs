// mistake: threw MemoryLimitExceededException
// output: 100 lines
using LifetimeAnalyzers;

public static class Program
{
    public static string Run()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 1 << 20 });
        return Import(100) + " lines";
    }

    [RequestHandler]
    private static unsafe int Import(int lines)
    {
        var sum = 0;
        for (var i = 0; i < lines; i++)
        {
            nint block = Heap.Emalloc(65536);
            *(byte*)block = 1;
            sum += *(byte*)block;
        }

        return sum;
    }
}
