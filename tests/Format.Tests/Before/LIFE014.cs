using System.Runtime.InteropServices;
using LifetimeAnalyzers;

internal static class Import
{
    [RequestHandler]
    public static int Sum(string[] lines)
    {
        int sum = 0;
        foreach (string line in lines)
        {
            // One block a line.
            nint block = Heap.Emalloc(line.Length);
            sum += Marshal.ReadByte(block);
        }

        return sum;
    }

    [RequestHandler]
    public static int Count(int n, Func<nint, int> count)
    {
        var all = 0;
        for (var i = 0; i < n; i++)
        {
            nint block = Heap.Emalloc(16);
            all += count(block);
        }

        return all;
    }
}
