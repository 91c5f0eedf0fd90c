// mistake: 42
// output: 42
using LifetimeAnalyzers;

public static class Program
{
    public static string Run()
    {
        using var scope = RequestScope.Begin();
        return Handle(1000).ToString();
    }

    [RequestHandler]
    private static unsafe int Handle(int size)
    {
        nint block = Heap.Malloc(size);
        *(byte*)block = 42;
        int first = *(byte*)block;
        Heap.Free(block);
        return first;
    }
}
