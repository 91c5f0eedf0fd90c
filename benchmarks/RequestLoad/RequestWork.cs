using System.Globalization;

namespace LifetimeAnalyzers.Benchmarks.RequestLoad;

/// <summary>What a healthy request does: blocks of many sizes, some freed, some not, over awaits and on several threads, each checked for its content.</summary>
public static class RequestWork
{
    private const int Blocks = 40;

    public static async Task<string> RunAsync(int seed)
    {
        Random random = new(seed);
        List<(nint Block, int Size, byte Value)> kept = [];
        for (int index = 0; index < Blocks; index++)
        {
            (nint Block, int Size, byte Value) block = Take(random);
            if (random.Next(3) == 0)
            {
                Check(block);
                Heap.Efree(block.Block);
            }
            else
            {
                kept.Add(block);
            }

            if (index % 16 == 15)
            {
                await Task.Yield();
            }
        }

        int children = random.Next(3);
        long[] sums = await Task.WhenAll(Enumerable.Range(0, children).Select(child => Task.Run(() => Sum(seed + child))));
        long total = sums.Sum();
        foreach ((nint Block, int Size, byte Value) block in kept)
        {
            Check(block);
            total += block.Size + block.Value;
        }

        return total.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The same number without any request memory, for the client to compare with.</summary>
    public static string Expected(int seed)
    {
        Random random = new(seed);
        long total = 0;
        for (int index = 0; index < Blocks; index++)
        {
            (int size, byte value) = Next(random);
            total += random.Next(3) == 0 ? 0 : size + value;
        }

        for (int child = random.Next(3) - 1; child >= 0; child--)
        {
            (int size, byte value) = Next(new Random(seed + child));
            total += (long)size * value;
        }

        return total.ToString(CultureInfo.InvariantCulture);
    }

    private static (int Size, byte Value) Next(Random random) => (1 << random.Next(4, 17), (byte)random.Next(1, 255));

    private static unsafe (nint Block, int Size, byte Value) Take(Random random)
    {
        (int size, byte value) = Next(random);
        nint block = Heap.Emalloc(size);
        new Span<byte>((void*)block, size).Fill(value);
        return (block, size, value);
    }

    private static unsafe long Sum(int seed)
    {
        (nint block, int size, byte value) = Take(new Random(seed));
        Check((block, size, value));
        long sum = 0;
        foreach (byte one in new ReadOnlySpan<byte>((void*)block, size))
        {
            sum += one;
        }

        return sum;
    }

    private static unsafe void Check((nint Block, int Size, byte Value) block)
    {
        if (new ReadOnlySpan<byte>((void*)block.Block, block.Size).ContainsAnyExcept(block.Value))
        {
            throw new InvalidOperationException($"A block of {block.Size} bytes does not hold what was written to it.");
        }
    }
}
