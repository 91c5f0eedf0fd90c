namespace LifetimeAnalyzers.Tests;

/// <summary>Places in the address space where arithmetic could go wrong.</summary>
public sealed class AddressTests : IDisposable
{
    private readonly bool _hugePages = MemoryRetention.HugePages;

    private const long Boundary = 1L << 32;
    private const int Medium = 512 << 10;
    private const int Small = 48; // does not divide a run

    // Gigabytes of addresses are gone through here, and must not become gigabytes of memory.
    public AddressTests() => MemoryRetention.HugePages = false;

    public void Dispose() => MemoryRetention.HugePages = _hugePages;

    [Fact]
    public void Small_blocks_before_a_multiple_of_four_gibibytes_do_not_run_over_it()
    {
        using var scope = RequestScope.Begin();
        var blocks = new List<(nint Start, int Size)>();
        do
        {
            blocks.Add((scope.Emalloc(Medium), Medium));
        }
        while ((blocks[^1].Start + Medium) % Boundary != 0 && blocks.Count < 3 * (int)(Boundary / Medium));

        nint last = blocks[^1].Start;
        Assert.Equal(0, (last + Medium) % Boundary);
        scope.Efree(last);
        blocks.RemoveAt(blocks.Count - 1);
        scope.Collect();
        int small = 0;
        for (int i = 0; i < 4 * Medium / Small; i++)
        {
            nint block = scope.Emalloc(Small);
            blocks.Add((block, Small));
            small += block >= last && block < last + Medium ? 1 : 0;
        }

        Assert.InRange(small, (Medium / Small) - 16, Medium / Small); // each run has a little left over
        blocks.Sort();
        Assert.DoesNotContain(blocks.Zip(blocks.Skip(1)), pair => pair.First.Start + pair.First.Size > pair.Second.Start);
        foreach ((nint start, _) in blocks)
        {
            scope.Efree(start);
        }

        Assert.Equal(0, scope.GetUsage());
    }

    [Theory]
    [InlineData(192 << 10, 0, false)] // too small for the window that the short ways look at
    [InlineData(192 << 10, 0, true)]
    [InlineData(8 << 20, 2 << 20, false)] // deeper down than it
    [InlineData(8 << 20, 2 << 20, true)]
    public void Small_and_deep_stacks_take_other_ways_to_the_same_end(int stack, int depth, bool debug)
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { Debug = debug, MemoryLimit = 4 << 20 });
        nint outside = Heap.Emalloc(100);
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => Descend(depth, () => Work(scope, outside))), stack);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
        Assert.Equal(0, scope.GetUsage());
        Assert.Equal(0, scope.GetLeakReport().TotalBlocks);
    }

    private static void Work(RequestScope scope, nint outside)
    {
        foreach (int size in (int[])[0, 16, 1000, 3072, 5000, 70_000, 700_000])
        {
            nint ambient = Heap.Emalloc(size);
            nint through = scope.Ecalloc(1, size);
            Assert.Equal(2 * Heap.RoundedSize(size), scope.GetUsage() - Heap.RoundedSize(100));
            through = scope.Erealloc(through, size + 100);
            Heap.Efree(ambient);
            scope.Efree(through);
            Assert.Equal(InvalidFreeKind.DoubleFree, Assert.Throws<InvalidFreeException>(() => scope.Efree(through)).Kind);
        }

        Assert.Throws<MemoryLimitExceededException>(() => Heap.Emalloc(5 << 20));
        Heap.Efree(outside);
    }

    private static unsafe void Descend(int bytes, Action action)
    {
        if (bytes <= 0)
        {
            action();
            return;
        }

        byte* frame = stackalloc byte[64 << 10];
        frame[0] = 1;
        Descend(bytes - (64 << 10), action);
        frame[1] = frame[0];
    }
}
