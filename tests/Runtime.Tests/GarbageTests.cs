namespace LifetimeAnalyzers.Tests;

/// <summary>Request memory costs the collector nothing.</summary>
public sealed class GarbageTests
{
    [Fact]
    public void Blocks_cost_no_managed_bytes()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 64 << 20 });
        Work(scope);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Work(scope);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Work(RequestScope scope)
        {
            for (int i = 0; i < 20_000; i++)
            {
                nint a = Heap.Emalloc(i % 5000);
                nint b = scope.Ecalloc(1, i % 300);
                a = Heap.Erealloc(a, (i % 5000) + 100);
                scope.Efree(a);
                Heap.Efree(b);
                Heap.Free(Heap.Malloc(16));
            }

            Heap.Efree(Heap.Emalloc(3 << 20));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_scope_costs_at_most_256(bool ambient)
    {
        var options = new RequestScopeOptions { Ambient = ambient, MemoryLimit = 1 << 20 };
        long bytes = long.MaxValue;

        // On a thread without other ambient values, whose number the cost of an ambient value depends on.
        var thread = new Thread(() =>
        {
            Request(options, 100);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Request(options, 1000);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        thread.UnsafeStart();
        thread.Join();
        Assert.InRange(bytes / 1000, 0, 256);

        static void Request(RequestScopeOptions options, int count)
        {
            for (int i = 0; i < count; i++)
            {
                using var scope = RequestScope.Begin(options);
                scope.Efree(scope.Emalloc(100));
                scope.Emalloc(5000);
            }
        }
    }
}
