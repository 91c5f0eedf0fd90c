namespace LifetimeAnalyzers.Tests;

/// <summary>The scope is where the request is: over await, tasks, threads; nowhere else.</summary>
public sealed class AmbientScopeTests
{
    [Fact]
    public void Without_a_scope_there_is_no_request_memory()
    {
        Assert.Null(RequestScope.Current);
        Assert.Throws<NoRequestScopeException>(() => RequestScope.Required);
        Assert.Throws<NoRequestScopeException>(() => Heap.Emalloc(1));
        Assert.Throws<NoRequestScopeException>(() => Heap.TryEmalloc(1, out nint _));
        Assert.Equal(0, Heap.MemoryGetUsage());
        Assert.Equal(0, Heap.MemoryGetPeakUsage(true));
    }

    [Fact]
    public async Task The_scope_follows_the_request()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { Name = "flow" });
        Same();
        await Task.Yield();
        Same();
        await Elsewhere();
        await Task.Run(Same);
        await Task.Run(async () =>
        {
            await Task.Yield();
            Same();
        });
        var thread = new Thread(Same);
        thread.Start();
        thread.Join();
        Parallel.For(0, 8, _ => Same());
        await foreach (int _ in Numbers())
        {
            Same();
        }

        Assert.Equal(scope.GetUsage(), scope.GetPeakUsage());

        void Same()
        {
            Assert.Same(scope, RequestScope.Current);
            Assert.NotEqual(0, Heap.Emalloc(64));
        }

        async Task Elsewhere()
        {
            await Task.Delay(1);
            Same();
        }

        async IAsyncEnumerable<int> Numbers()
        {
            for (int i = 0; i < 3; i++)
            {
                await Task.Yield();
                Same();
                yield return i;
            }
        }
    }

    [Fact]
    public void What_outlives_the_request_keeps_nothing_of_it_but_the_scope()
    {
        (ExecutionContext? kept, WeakReference request) = Serve();
        GC.Collect();
        Assert.False(request.IsAlive);
        GC.KeepAlive(kept);

        static (ExecutionContext? Kept, WeakReference Request) Serve()
        {
            object request = new();
            using var scope = RequestScope.Begin(new RequestScopeOptions
            {
                OnLeaks = _ => GC.KeepAlive(request),
                OnCleanupError = _ => GC.KeepAlive(request),
                OnTrace = _ => GC.KeepAlive(request),
            });
            scope.RegisterCleanup(() => GC.KeepAlive(request));
            return (ExecutionContext.Capture(), new WeakReference(request));
        }
    }

    [Fact]
    public async Task Concurrent_requests_never_mix()
    {
        Task[] requests = [.. Enumerable.Range(0, 32).Select(i => Task.Run(async () =>
        {
            using var scope = RequestScope.Begin();
            var blocks = new List<nint>();
            for (int k = 1; k <= 50; k++)
            {
                nint block = Heap.Emalloc(16 * k);
                Fill(block, 16 * k, (byte)i);
                blocks.Add(block);
                await Task.Yield();
                Assert.Same(scope, RequestScope.Current);
            }

            for (int k = 1; k <= 50; k++)
            {
                Check(blocks[k - 1], 16 * k, (byte)i);
                Heap.Efree(blocks[k - 1]);
                if (k % 7 == 0)
                {
                    await Task.Yield();
                }
            }

            Assert.Equal(0, scope.GetUsage());
        }))];
        await Task.WhenAll(requests);

        static unsafe void Fill(nint block, int size, byte value) => new Span<byte>((void*)block, size).Fill(value);

        static unsafe void Check(nint block, int size, byte value) => Assert.Equal(-1, new Span<byte>((void*)block, size).IndexOfAnyExcept(value));
    }

    [Fact]
    public async Task Work_that_does_not_flow_has_no_scope()
    {
        using var scope = RequestScope.Begin();
        Task suppressed;
        using (ExecutionContext.SuppressFlow())
        {
            suppressed = Task.Run(() => Assert.Throws<NoRequestScopeException>(() => Heap.Emalloc(1)));
        }

        await suppressed;
        var done = new TaskCompletionSource<Exception?>();
        ThreadPool.UnsafeQueueUserWorkItem(_ => done.SetResult(Record.Exception(() => Heap.Emalloc(1))), null);
        Assert.IsType<NoRequestScopeException>(await done.Task);
        Heap.Emalloc(1);
    }

    [Fact]
    public async Task Work_that_outlives_the_request_is_told_so()
    {
        var started = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        Task background;
        RequestScope scope;
        using (scope = RequestScope.Begin(new RequestScopeOptions { Name = "GET /" }))
        {
            nint block = Heap.Emalloc(64);
            background = Task.Run(async () =>
            {
                Heap.Emalloc(64);
                started.SetResult();
                await ended.Task;
                Assert.Null(RequestScope.Current);
                var told = Assert.Throws<RequestScopeEndedException>(() => Heap.Emalloc(64));
                Assert.Equal("GET /", told.ScopeName);
                Assert.StartsWith("The request scope 'GET /' has ended", told.Message, StringComparison.Ordinal);
                Assert.EndsWith("or use Heap.Malloc.", told.Message, StringComparison.Ordinal);
                Assert.Throws<RequestScopeEndedException>(() => Heap.Ecalloc(64, 1));
                Assert.Throws<RequestScopeEndedException>(() => RequestScope.Required);
                Assert.Equal(InvalidFreeKind.EndedScope, Assert.Throws<InvalidFreeException>(() => Heap.Efree(block)).Kind);
            });
            await started.Task;
        }

        Assert.True(scope.IsEnded);
        Assert.Throws<RequestScopeEndedException>(() => scope.Emalloc(1));
        Assert.Throws<RequestScopeEndedException>(() => scope.RegisterCleanup(() => { }));
        Assert.Throws<RequestScopeEndedException>(() => scope.Collect());
        Assert.Equal(0, scope.GetUsage());
        Assert.Equal(128, scope.GetPeakUsage());
        ended.SetResult();
        await background;
    }

    [Fact]
    public void Work_caught_in_the_middle_by_the_end_is_told_at_its_next_allocation()
    {
        using var allocated = new ManualResetEventSlim();
        using var ended = new ManualResetEventSlim();
        Exception? error = null;
        bool unharmed = false;
        Thread thread;
        using (RequestScope.Begin())
        {
            thread = new Thread(() =>
            {
                nint block = Heap.Emalloc(64);
                Write(block, 7);
                allocated.Set();
                ended.Wait();
                error = Record.Exception(() => Heap.Emalloc(64));
                unharmed = Read(block) == 7;
            });
            thread.Start();
            allocated.Wait();
        }

        using (RequestScope.Begin())
        {
            for (int i = 0; i < 100; i++)
            {
                Write(Heap.Emalloc(64), 1);
            }

            ended.Set();
            thread.Join();
        }

        Assert.IsType<RequestScopeEndedException>(error);
        Assert.True(unharmed);

        static unsafe void Write(nint block, int value) => *(int*)block = value;

        static unsafe int Read(nint block) => *(int*)block;
    }

    [Fact]
    public async Task A_scope_begun_in_a_called_async_method_is_not_the_callers()
    {
        RequestScope inner = await BeginInside();
        Assert.Null(RequestScope.Current);
        inner.Dispose();

        static async Task<RequestScope> BeginInside()
        {
            var scope = RequestScope.Begin();
            await Task.Yield();
            return scope;
        }
    }

    [Fact]
    public async Task Blocks_may_be_released_on_another_thread()
    {
        using var scope = RequestScope.Begin();
        nint[] blocks = [.. Enumerable.Range(1, 500).Select(i => Heap.Emalloc(i * 20))];
        long used = scope.GetUsage();
        await Task.Run(() =>
        {
            Heap.Emalloc(16);
            Array.ForEach(blocks, Heap.Efree);
        });
        Assert.Equal(16, scope.GetUsage());
        Assert.Equal(used + 16, scope.GetPeakUsage());

        var thread = new Thread(() => blocks = [.. Enumerable.Range(1, 500).Select(i => Heap.Emalloc(i * 20))]);
        thread.Start();
        thread.Join();
        Array.ForEach(blocks, Heap.Efree);
        Assert.Equal(16, scope.GetUsage());
    }

    [Fact]
    public void While_another_thread_holds_its_part_releases_are_handed_over()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 1 << 20 });
        using var allocated = new ManualResetEventSlim();
        using var released = new ManualResetEventSlim();
        nint[] blocks = [];
        nint[] again = [];
        var thread = new Thread(() =>
        {
            blocks = [.. Enumerable.Range(0, 900).Select(_ => Heap.Emalloc(1024))];
            allocated.Set();
            released.Wait();
            again = [.. Enumerable.Range(0, 900).Select(_ => Heap.Emalloc(1024))];
        });
        thread.Start();
        allocated.Wait();
        Array.ForEach(blocks, Heap.Efree);
        Assert.Equal(0, scope.GetUsage());
        Assert.Equal(InvalidFreeKind.DoubleFree, Assert.Throws<InvalidFreeException>(() => Heap.Efree(blocks[3])).Kind);
        released.Set();
        thread.Join();
        Assert.Equal(900, again.Distinct().Count());
        Assert.Equal(900 * 1024, scope.GetUsage());
    }

    [Fact]
    public void A_scope_that_is_not_ambient_is_reached_through_the_object_from_any_thread()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { Ambient = false });
        Assert.Null(RequestScope.Current);
        Assert.Throws<NoRequestScopeException>(() => Heap.Emalloc(1));
        nint mine = scope.Emalloc(100);
        nint theirs = 0;
        var thread = new Thread(() =>
        {
            theirs = scope.Emalloc(100);
            scope.Efree(mine);
        });
        thread.Start();
        thread.Join();
        Assert.NotEqual(mine, theirs);
        Assert.Equal(112, scope.GetUsage());
        scope.Efree(theirs);
        Heap.Efree(scope.Emalloc(10));
        Assert.Equal(0, scope.GetUsage());
    }

    [Fact]
    public async Task A_scope_that_is_not_ambient_may_end_on_another_thread()
    {
        for (int i = 0; i < 200; i++)
        {
            var scope = RequestScope.Begin(new RequestScopeOptions { Ambient = false });
            scope.Emalloc(100);
            await Task.Run(() =>
            {
                scope.Emalloc(5000);
                scope.Dispose();
            });
            Assert.Throws<RequestScopeEndedException>(() => scope.Emalloc(1));
        }
    }
}
