// mistake: threw RequestScopeEndedException
// output: first byte 7
using LifetimeAnalyzers;

public static class Program
{
    public static string Run() => "first byte " + Make(1000).Span[0];

    private static ReadOnlyMemory<byte> Make(int size)
    {
        using var scope = RequestScope.Begin();
        Memory<byte> memory = Heap.EmallocMemory<byte>(size);
        memory.Span[0] = 7;
        return memory;
    }
}
