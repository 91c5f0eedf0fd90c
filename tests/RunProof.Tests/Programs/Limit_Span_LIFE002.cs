// mistake: threw MemoryLimitExceededException
// output: 6400
using LifetimeAnalyzers;

public static class Program
{
    public static string Run()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 1 << 20 });
        return Serve(100).ToString();
    }

    [PersistentServer]
    private static int Serve(int rounds)
    {
        var sum = 0;
        for (var round = 0; ; round++)
        {
            if (round == rounds)
                return sum;
            Span<byte> bytes = Heap.EmallocSpan<byte>(65536);
            bytes[..64].Fill(1);
            foreach (var b in bytes[..64])
                sum += b;
        }
    }
}
