// mistake: threw RequestScopeEndedException
// output: kept 9
using LifetimeAnalyzers;

public static class Program
{
    private static ReadOnlyMemory<byte> s_last;

    public static string Run()
    {
        Serve();
        return "kept " + s_last.Span[0];
    }

    [RequestHandler]
    private static void Serve()
    {
        using var scope = RequestScope.Begin();
        Memory<byte> memory = Heap.EmallocMemory<byte>(16);
        memory.Span[0] = 9;
        s_last = memory;
    }
}
