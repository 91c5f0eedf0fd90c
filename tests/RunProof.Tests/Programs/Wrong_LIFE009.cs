// mistake: threw InvalidFreeException
// output: freed
using LifetimeAnalyzers;

public static unsafe class Program
{
    public static string Run()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { Debug = true });
        var block = (byte*)Heap.Emalloc(100);
        Heap.Efree(block + 8);
        return "freed";
    }
}
