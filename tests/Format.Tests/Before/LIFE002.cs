using LifetimeAnalyzers;

internal static class Workers
{
    [PersistentServer]
    public static async Task RunAsync(CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            var block = Heap.Emalloc(4096);
            await Task.Delay(1000, token);
            Console.WriteLine(block);
        }
    }

    [PersistentServer]
    public static void Run(CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            var first = Heap.Emalloc(16);
            var second = Heap.Emalloc(16);
            Console.WriteLine(first + second);
        }
    }
}
