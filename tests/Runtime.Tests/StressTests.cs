using System.Collections.Concurrent;

namespace LifetimeAnalyzers.Tests;

/// <summary>Requests that hop threads, release each other's blocks and end under running work: no byte lost, none overwritten.</summary>
public sealed class StressTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Parallel_children_release_one_anothers_blocks(bool debug)
    {
        for (int round = 0; round < 10; round++)
        {
            using var scope = RequestScope.Begin(new RequestScopeOptions { Debug = debug });
            var shared = new ConcurrentBag<(nint Block, int Size)>();
            await Task.WhenAll(Enumerable.Range(0, 4).Select(child => Task.Run(async () =>
            {
                var random = new Random((round * 10) + child);
                for (int i = 0; i < 1500; i++)
                {
                    int size = random.Next(8, 5000);
                    nint block = random.Next(2) == 0 ? Heap.Emalloc(size) : scope.Emalloc(size);
                    Fill(block, size);
                    shared.Add((block, size));
                    if (random.Next(3) != 0 && shared.TryTake(out (nint Block, int Size) taken))
                    {
                        CheckFilled(taken.Block, taken.Size);
                        Heap.Efree(taken.Block);
                    }

                    if (i % 100 == 0)
                    {
                        await Task.Yield();
                    }
                }
            })));
            Assert.Equal(shared.Sum(b => Heap.RoundedSize(b.Size)), scope.GetUsage());
            foreach ((nint block, int size) in shared)
            {
                CheckFilled(block, size);
                Heap.Efree(block);
            }

            Assert.Equal(0, scope.GetUsage());
        }
    }

    [Fact]
    public async Task Scopes_that_end_under_running_work()
    {
        using var stop = new CancellationTokenSource();
        Task healthy = Task.WhenAll(Enumerable.Range(0, 2).Select(n => Task.Run(() => HealthyRequests(n, stop.Token))));
        for (int round = 0; round < 150; round++)
        {
            var background = new List<Task>();
            using (RequestScope.Begin())
            {
                for (int i = 0; i < 3; i++)
                {
                    background.Add(Task.Run(async () =>
                    {
                        try
                        {
                            while (true)
                            {
                                nint block = Heap.Emalloc(200);
                                Heap.Efree(block);
                                await Task.Yield();
                            }
                        }
                        catch (RequestScopeEndedException)
                        {
                            // The only way out.
                        }
                        catch (InvalidFreeException e) when (e.Kind is InvalidFreeKind.EndedScope or InvalidFreeKind.OtherScope)
                        {
                            // It ended between the two.
                        }
                    }));
                }

                await Task.Yield();
            }

            await Task.WhenAll(background);
        }

        await stop.CancelAsync();
        await healthy;
    }

    [Fact]
    public async Task Scopes_without_ambience_end_under_threads_that_use_them()
    {
        for (int round = 0; round < 50; round++)
        {
            var scope = RequestScope.Begin(new RequestScopeOptions { Ambient = false });
            Task[] users = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            {
                try
                {
                    while (true)
                    {
                        scope.Emalloc(64);
                    }
                }
                catch (RequestScopeEndedException)
                {
                    // The only way out.
                }
            }))];
            await Task.Yield();
            scope.Dispose();
            await Task.WhenAll(users);
            Assert.Equal(0, scope.GetUsage());
        }
    }

    private static async Task HealthyRequests(int number, CancellationToken stop)
    {
        var random = new Random(number);
        while (!stop.IsCancellationRequested)
        {
            using var scope = RequestScope.Begin();
            var blocks = new List<(nint Block, int Size)>();
            for (int i = 0; i < 50; i++)
            {
                int size = random.Next(8, 2000);
                nint block = Heap.Emalloc(size);
                Fill(block, size);
                blocks.Add((block, size));
                if (i % 10 == 0)
                {
                    await Task.Yield();
                }
            }

            foreach ((nint block, int size) in blocks)
            {
                CheckFilled(block, size);
                Heap.Efree(block);
            }

            Assert.Equal(0, scope.GetUsage());
        }
    }

    private static unsafe void Fill(nint block, int size) => new Span<byte>((void*)block, size).Fill((byte)size);

    private static unsafe void CheckFilled(nint block, int size) =>
        Assert.Equal(-1, new Span<byte>((void*)block, size).IndexOfAnyExcept((byte)size));
}
