namespace LifetimeAnalyzers.Tests;

/// <summary>
/// A million random operations against a dictionary: contents, alignment, overlap, usage and peak compared all the way,
/// with fixed seeds, on one to four threads.
/// </summary>
public sealed class ModelTests
{
    private const int Operations = 1_000_000;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 3)]
    public void Every_thread_with_a_scope_of_its_own(int threads, int seed)
    {
        RunThreads(threads, t =>
        {
            using var scope = RequestScope.Begin();
            var model = new HeapModel(scope, new Random((seed * 100) + t));
            for (int i = 0; i < Operations / 3 / threads; i++)
            {
                model.Step();
            }

            model.ReleaseAll();
            Assert.Equal(0, scope.GetUsage());
        });
    }

    [Theory]
    [InlineData(2, 11)]
    [InlineData(4, 12)]
    public void Threads_that_take_turns_in_one_scope(int threads, int seed)
    {
        using var scope = RequestScope.Begin();
        var model = new HeapModel(scope, new Random(seed));
        int turn = 0;
        int steps = 0;
        var next = new Random(seed + 1);
        object gate = new();
        RunThreads(threads, t =>
        {
            while (true)
            {
                lock (gate)
                {
                    while (turn != t && steps < Operations / 10)
                    {
                        Monitor.Wait(gate);
                    }

                    if (steps >= Operations / 10)
                    {
                        Monitor.PulseAll(gate);
                        return;
                    }

                    try
                    {
                        for (int i = next.Next(1, 200); i > 0; i--, steps++)
                        {
                            model.Step();
                        }
                    }
                    catch
                    {
                        steps = int.MaxValue;
                        throw;
                    }
                    finally
                    {
                        turn = next.Next(threads);
                        Monitor.PulseAll(gate);
                    }
                }
            }
        });
        model.ReleaseAll();
        Assert.Equal(0, scope.GetUsage());
    }

    [Fact]
    public void In_debug_mode()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { Debug = true });
        var model = new HeapModel(scope, new Random(21));
        for (int i = 0; i < Operations / 20; i++)
        {
            model.Step();
        }

        model.ReleaseAll();
        Assert.Equal(0, scope.GetUsage());
        Assert.Equal(0, scope.GetLeakReport().TotalBlocks);
    }

    [Fact]
    public void Every_size_is_aligned_and_apart_from_its_neighbours()
    {
        using var scope = RequestScope.Begin();
        var blocks = new List<(nint Start, long End)>();
        for (int size = 1; size <= 4096; size++)
        {
            nint block = Heap.Emalloc(size);
            Assert.Equal(0, block % 16);
            blocks.Add((block, block + size));
        }

        for (int size = 5000; size < 5_000_000; size = size * 5 / 4)
        {
            nint block = scope.Emalloc(size);
            Assert.Equal(0, block % 16);
            blocks.Add((block, block + size));
        }

        blocks.Sort();
        for (int i = 1; i < blocks.Count; i++)
        {
            Assert.True(blocks[i - 1].End <= blocks[i].Start);
        }
    }

    private static void RunThreads(int count, Action<int> body)
    {
        var failures = new Exception?[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(t => new Thread(() => failures[t] = Record.Exception(() => body(t))))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(failures, Assert.Null);
    }
}
