// mistake: threw MemoryLimitExceededException
// output: 4950
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

public static class Program
{
    public static string Run()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 1 << 20 });
        return Sum(100).ToString();
    }

    [RequestHandler]
    private static int Sum(int rows)
    {
        int sum = 0;
        for (int i = 0; i < rows; i++)
        {
            nint row = Heap.Emalloc(65536);
            Marshal.WriteInt32(row, i);
            sum += Marshal.ReadInt32(row);
        }

        return sum;
    }
}
