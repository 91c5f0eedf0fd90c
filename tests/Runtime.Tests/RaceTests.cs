using System.Collections.Concurrent;

namespace LifetimeAnalyzers.Tests;

/// <summary>Threads that do to one another's blocks and scopes what they should not: named, and nobody else is hurt.</summary>
public sealed class RaceTests : IDisposable
{
    private readonly TimeSpan _trimInterval = MemoryRetention.TrimInterval;

    public void Dispose() => MemoryRetention.TrimInterval = _trimInterval;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_two_threads_that_release_a_block_one_is_told(bool debug)
    {
        const int Blocks = 4000;
        using var scope = RequestScope.Begin(new RequestScopeOptions { Debug = debug });
        nint[] blocks = new nint[Blocks];
        using var allocated = new ManualResetEventSlim();
        using var released = new ManualResetEventSlim();
        var holder = new Thread(() =>
        {
            for (int i = 0; i < Blocks; i++)
            {
                blocks[i] = Heap.Emalloc(i % 7 == 0 ? 600_000 : 16 + (i % 5000));
            }

            allocated.Set();
            released.Wait(); // holds its part of the scope until then
        });
        holder.Start();
        allocated.Wait();
        int done = 0;
        int refused = 0;
        using var together = new Barrier(2);
        Run(2, () =>
        {
            foreach (nint block in blocks)
            {
                together.SignalAndWait();
                try
                {
                    Heap.Efree(block);
                    Interlocked.Increment(ref done);
                }
                catch (InvalidFreeException e) when (e.Kind == InvalidFreeKind.DoubleFree)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        });
        Assert.Equal((Blocks, Blocks), (done, refused));
        Assert.Equal(0, scope.GetUsage());
        released.Set();
        holder.Join();
        Assert.Equal(0, scope.GetLeakReport().TotalBlocks);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_scope_may_end_while_others_release_its_blocks(bool debug)
    {
        var options = new RequestScopeOptions { Debug = debug, OnLeaks = static _ => { } };
        for (int round = 0; round < 60; round++)
        {
            var scope = RequestScope.Begin(options);
            var blocks = new ConcurrentBag<nint>();
            using var allocated = new CountdownEvent(2);
            using var leave = new ManualResetEventSlim();
            Thread[] holders = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
            {
                for (int i = 0; i < 300; i++)
                {
                    blocks.Add(Heap.Emalloc(16 + (i * 7)));
                }

                allocated.Signal();
                leave.Wait();
            }))];
            Array.ForEach(holders, holder => holder.Start());
            allocated.Wait();
            Thread[] releasers = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
            {
                while (blocks.TryTake(out nint block))
                {
                    try
                    {
                        Heap.Efree(block);
                    }
                    catch (InvalidFreeException e) when (e.Kind is InvalidFreeKind.EndedScope or InvalidFreeKind.OtherScope)
                    {
                        // The end came first.
                    }
                }
            }))];
            Array.ForEach(releasers, releaser => releaser.Start());
            Thread.SpinWait(round * 200);
            scope.Dispose();
            leave.Set();
            Healthy(round);
            Array.ForEach(holders, holder => holder.Join());
            Array.ForEach(releasers, releaser => releaser.Join());
            Healthy(round);
        }
    }

    [Fact]
    public void Threads_that_die_leave_their_blocks_to_those_that_get_their_stacks()
    {
        MemoryRetention.TrimInterval = TimeSpan.FromMilliseconds(2);
        using var scope = RequestScope.Begin();
        var blocks = new ConcurrentQueue<(nint Block, int Size)>();
        for (int round = 0; round < 150; round++)
        {
            Run(3, () =>
            {
                // Releases before it allocates: it has not been seen as a thread by then.
                for (int i = 0; i < 20 && blocks.TryDequeue(out (nint Block, int Size) old); i++)
                {
                    Check(old.Block, old.Size);
                    Heap.Efree(old.Block);
                }

                for (int i = 0; i < 20; i++)
                {
                    int size = 16 + (i * 50);
                    nint block = Heap.Emalloc(size);
                    Fill(block, size);
                    blocks.Enqueue((block, size));
                }
            });
            if (round % 10 == 0)
            {
                GC.Collect();
            }
        }

        foreach ((nint block, int size) in blocks)
        {
            Check(block, size);
            Heap.Efree(block);
        }

        Assert.Equal(0, scope.GetUsage());
    }

    [Fact]
    public void Trimming_takes_nothing_from_threads_whose_scope_ends()
    {
        MemoryRetention.TrimInterval = TimeSpan.FromMilliseconds(2);
        using var stop = new CancellationTokenSource();
        var trimmer = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                MemoryRetention.Trim();
                Thread.Yield();
            }
        });
        trimmer.Start();
        for (int round = 0; round < 100; round++)
        {
            using var outer = RequestScope.Begin();
            var scope = RequestScope.Begin(new RequestScopeOptions { Ambient = false });
            Thread[] users = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
            {
                try
                {
                    while (true)
                    {
                        nint block = scope.Emalloc(100);
                        Fill(block, 100);
                        scope.Efree(block);
                    }
                }
                catch (RequestScopeEndedException)
                {
                }
                catch (InvalidFreeException e) when (e.Kind is InvalidFreeKind.EndedScope)
                {
                }
            }))];
            Array.ForEach(users, user => user.Start());
            Thread.SpinWait(round * 300);
            scope.Dispose();
            Array.ForEach(users, user => user.Join());
            Healthy(round);
        }

        stop.Cancel();
        trimmer.Join();
    }

    [Fact]
    public void A_thread_uses_the_outer_scope_through_its_object_and_then_as_its_own()
    {
        using var outer = RequestScope.Begin();
        nint first;
        using (RequestScope.Begin())
        {
            first = outer.Emalloc(100);
        }

        nint second = Heap.Emalloc(100);
        Assert.Equal(2 * Heap.RoundedSize(100), outer.GetUsage());
        Run(1, () =>
        {
            Heap.Efree(first);
            Heap.Efree(second);
        });
        Assert.Equal(0, outer.GetUsage());
    }

    private static void Healthy(int seed)
    {
        using var scope = RequestScope.Begin();
        var random = new Random(seed);
        var blocks = new List<(nint Block, int Size)>();
        for (int i = 0; i < 200; i++)
        {
            int size = random.Next(8, 4000);
            nint block = scope.Emalloc(size);
            Fill(block, size);
            blocks.Add((block, size));
        }

        foreach ((nint block, int size) in blocks)
        {
            Check(block, size);
            scope.Efree(block);
        }

        Assert.Equal(0, scope.GetUsage());
    }

    private static void Run(int count, Action body)
    {
        var failures = new Exception?[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(n => new Thread(() => failures[n] = Record.Exception(body)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(failures, Assert.Null);
    }

    private static unsafe void Fill(nint block, int size) => new Span<byte>((void*)block, size).Fill((byte)size);

    private static unsafe void Check(nint block, int size) =>
        Assert.Equal(-1, new Span<byte>((void*)block, size).IndexOfAnyExcept((byte)size));
}
