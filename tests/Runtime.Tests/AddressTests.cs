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
}
