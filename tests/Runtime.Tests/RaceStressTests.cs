using System.Collections.Concurrent;

namespace LifetimeAnalyzers.Tests;

/// <summary>
/// Threads, seeded, that release one another's blocks while scopes end, are recycled and are trimmed, and while threads die
/// and others get their stacks. Each block carries what it must hold, each scope what it must have in use: nothing is
/// overwritten, nothing is lost, and who comes too late is told so.
/// </summary>
public sealed class RaceStressTests : IDisposable
{
    private static readonly TimeSpan s_atLeast = TimeSpan.FromSeconds(2);
    private readonly TimeSpan _trimInterval = MemoryRetention.TrimInterval;

    public RaceStressTests() => MemoryRetention.TrimInterval = TimeSpan.FromMilliseconds(3);

    public void Dispose() => MemoryRetention.TrimInterval = _trimInterval;

    /// <summary>Two threads allocate and hand over, two release what they are handed; the scope ends under all of them.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Remote_releases_meet_the_end_of_the_scope(int seed, bool debug)
    {
        ForAWhile(seed, (random, round) =>
        {
            var scope = RequestScope.Begin(new RequestScopeOptions { Debug = debug, OnLeaks = static _ => { } });
            var handedOver = new ConcurrentQueue<(nint Block, int Size)>();
            int pause = random.Next(40_000);
            Thread[] threads = Start(random, 4, (number, own) =>
            {
                bool through = own.Next(2) == 0; // the object, or what is ambient
                while (true)
                {
                    if (number < 2)
                    {
                        int size = own.Next(100) == 0 ? 530_000 : own.Next(8, 6000);
                        nint block = through ? scope.Emalloc(size) : Heap.Emalloc(size);
                        Mark(block, size);
                        handedOver.Enqueue((block, size));
                        if (handedOver.Count > 500)
                        {
                            Thread.Yield();
                        }
                    }

                    if (handedOver.TryDequeue(out (nint Block, int Size) taken))
                    {
                        if (through)
                        {
                            scope.Efree(taken.Block);
                        }
                        else
                        {
                            Heap.Efree(taken.Block);
                        }
                    }
                    else if (scope.IsEnded)
                    {
                        throw new RequestScopeEndedException(null);
                    }
                }
            });
            Thread.SpinWait(pause);
            scope.Dispose();
            Healthy(round);
            AllWereToldOfTheEnd(threads);
            Assert.Equal(0, scope.GetUsage());
        });
    }

    /// <summary>A persistent scope is recycled while threads use it; they go on with what it is afterwards.</summary>
    [Theory]
    [InlineData(11, false)]
    [InlineData(12, true)]
    public void Remote_releases_meet_recycling(int seed, bool debug)
    {
        ForAWhile(seed, (random, round) =>
        {
            using var stop = new CancellationTokenSource();
            using var scope = RequestScope.BeginPersistent(new RequestScopeOptions { Debug = debug, MaxRequests = 1, OnLeaks = static _ => { } });
            var handedOver = new ConcurrentQueue<nint>();
            Thread[] threads = Start(random, 3, (_, own) =>
            {
                while (!stop.IsCancellationRequested)
                {
                    handedOver.Enqueue(Heap.Emalloc(own.Next(8, 6000)));
                    if (handedOver.TryDequeue(out nint block))
                    {
                        try
                        {
                            Heap.Efree(block);
                        }
                        catch (InvalidFreeException)
                        {
                            // It was recycled in between; what lives at its place is looked at by nobody here.
                        }
                    }
                }
            });
            for (int i = 0; i < 5; i++)
            {
                Thread.SpinWait(random.Next(10_000));
                scope.RequestCompleted();
                Healthy(round);
            }

            stop.Cancel();
            AllCameBack(threads);
            scope.RequestCompleted();
            Assert.Equal(0, scope.GetUsage());
        });
    }

    /// <summary>Threads come and die; what they leave is released by those that get their stacks, while all is trimmed.</summary>
    [Theory]
    [InlineData(21, false)]
    [InlineData(22, true)]
    public void Dead_threads_leave_their_parts_to_others(int seed, bool debug)
    {
        ForAWhile(seed, (random, round) =>
        {
            using var scope = RequestScope.Begin(new RequestScopeOptions { Debug = debug });
            var left = new ConcurrentQueue<(nint Block, int Size)>();
            for (int generation = 0; generation < 6; generation++)
            {
                Thread[] threads = Start(random, 3, (_, own) =>
                {
                    for (int i = 0; i < 60; i++)
                    {
                        if (own.Next(2) == 0 && left.TryDequeue(out (nint Block, int Size) old))
                        {
                            Check(old.Block, old.Size);
                            Heap.Efree(old.Block);
                        }
                        else
                        {
                            int size = own.Next(8, 5000);
                            nint block = own.Next(3) == 0 ? scope.Emalloc(size) : Heap.Emalloc(size);
                            Mark(block, size);
                            left.Enqueue((block, size));
                        }
                    }
                });
                if (random.Next(4) == 0)
                {
                    GC.Collect(0);
                }

                if (random.Next(2) == 0)
                {
                    scope.Collect();
                }

                AllCameBack(threads);
            }

            Assert.Equal(left.Sum(b => Heap.RoundedSize(b.Size)), scope.GetUsage());
            foreach ((nint block, int size) in left)
            {
                Check(block, size);
                Heap.Efree(block);
            }

            Assert.Equal(0, scope.GetUsage());
        });
    }

    /// <summary>Scopes begin and end on some threads while others trim, collect, and make the collector find forgotten scopes.</summary>
    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public void Trimming_meets_scopes_that_begin_and_end_and_are_forgotten(int seed)
    {
        using var stop = new CancellationTokenSource();
        var trimmer = new Thread(() =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                MemoryRetention.Trim();
                if (i % 50 == 0)
                {
                    GC.Collect(0);
                }

                Thread.Yield();
            }
        });
        trimmer.Start();
        try
        {
            ForAWhile(seed, (random, _) => AllCameBack(Start(random, 3, (_, own) =>
            {
                for (int i = 0; i < 20; i++)
                {
                    Healthy(own.Next());
                    if (own.Next(10) == 0)
                    {
                        Forget(own.Next(8, 700_000));
                    }
                }
            })));
        }
        finally
        {
            stop.Cancel();
            trimmer.Join();
        }
    }

    private static void Forget(int size) => RequestScope.Begin(new RequestScopeOptions { Ambient = false }).Emalloc(size);

    private static void ForAWhile(int seed, Action<Random, int> round)
    {
        var random = new Random(seed);
        long start = Environment.TickCount64;
        for (int i = 0; i < 5 || Environment.TickCount64 - start < s_atLeast.TotalMilliseconds; i++)
        {
            round(random, i);
        }
    }

    private static Thread[] Start(Random random, int count, Action<int, Random> body)
    {
        Thread[] threads = [.. Enumerable.Range(0, count).Select(number =>
        {
            int seed = random.Next();
            return new Worker(() => body(number, new Random(seed))).Thread;
        })];
        Array.ForEach(threads, thread => thread.Start());
        return threads;
    }

    private static void AllCameBack(Thread[] threads) => Assert.All(threads, thread => Assert.Null(Worker.Join(thread)));

    private static void AllWereToldOfTheEnd(Thread[] threads) => Assert.All(
        threads,
        thread => Assert.True(
            Worker.Join(thread) is RequestScopeEndedException or InvalidFreeException { Kind: InvalidFreeKind.EndedScope or InvalidFreeKind.OtherScope },
            Worker.Join(thread)?.ToString() ?? "came back"));

    /// <summary>A request that minds its own business.</summary>
    private static void Healthy(int seed)
    {
        using var scope = RequestScope.Begin();
        var random = new Random(seed);
        (nint Block, int Size)[] blocks = new (nint, int)[40];
        for (int i = 0; i < blocks.Length; i++)
        {
            int size = random.Next(8, 7000);
            blocks[i] = (scope.Emalloc(size), size);
            Mark(blocks[i].Block, size);
        }

        foreach ((nint block, int size) in blocks)
        {
            Check(block, size);
            scope.Efree(block);
        }

        Assert.Equal(0, scope.GetUsage());
    }

    private static unsafe void Mark(nint block, int size) => new Span<byte>((void*)block, size).Fill((byte)(size * 7));

    private static unsafe void Check(nint block, int size) =>
        Assert.Equal(-1, new Span<byte>((void*)block, size).IndexOfAnyExcept((byte)(size * 7)));

    /// <summary>A thread, and what it threw.</summary>
    private sealed class Worker
    {
        private static readonly ConcurrentDictionary<Thread, Exception?> s_thrown = new();

        public Worker(Action body) => Thread = new Thread(() => s_thrown[Thread!] = Record.Exception(body));

        public Thread Thread { get; }

        public static Exception? Join(Thread thread)
        {
            thread.Join();
            return s_thrown[thread];
        }
    }
}
