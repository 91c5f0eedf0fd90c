namespace LifetimeAnalyzers.Tests;

/// <summary>What happens, in which order, when a scope ends.</summary>
public sealed class EndOfScopeTests
{
    [Fact]
    public void Cleanups_run_last_in_first_out_before_the_memory_goes()
    {
        var order = new List<string>();
        var scope = RequestScope.Begin();
        nint block = Heap.Ecalloc(1, 8);
        scope.RegisterCleanup(() => order.Add("first"));
        scope.RegisterCleanup(text => order.Add(text), "second");
        scope.RegisterForDispose(new Disposable(() => order.Add("third")));
        scope.RegisterAsyncCleanup(async () =>
        {
            await Task.Yield();
            order.Add("fourth");
        });
        scope.RegisterCleanup(() =>
        {
            Assert.Same(scope, RequestScope.Current);
            Heap.Efree(block);
            Heap.Emalloc(16);
            order.Add("usable");
        });
        scope.Dispose();
        Assert.Equal(["usable", "fourth", "third", "second", "first"], order);
    }

    [Fact]
    public async Task Asynchronous_cleanups_are_awaited_and_the_scope_is_left_at_once()
    {
        var order = new List<string>();
        var scope = RequestScope.Begin();
        scope.RegisterAsyncCleanup(async () =>
        {
            await Task.Delay(20);
            Assert.False(scope.IsEnded);
            order.Add("cleaned");
        });
        ValueTask ending = scope.DisposeAsync();
        Assert.Null(RequestScope.Current);
        await ending;
        order.Add("ended");
        Assert.Equal(["cleaned", "ended"], order);
        Assert.True(scope.IsEnded);
    }

    [Fact]
    public async Task Await_using_restores_what_was_around_it()
    {
        await using var outer = RequestScope.Begin();
        await using (var inner = RequestScope.Begin())
        {
            inner.RegisterAsyncCleanup(async () => await Task.Yield());
            await Task.Yield();
            Assert.Same(inner, RequestScope.Current);
        }

        Assert.Same(outer, RequestScope.Current);
    }

    [Fact]
    public void One_that_throws_does_not_stop_the_others()
    {
        int ran = 0;
        var scope = RequestScope.Begin();
        scope.RegisterCleanup(() => ran++);
        scope.RegisterCleanup(() => throw new FormatException("one"));
        scope.RegisterCleanup(() => ran++);
        scope.RegisterAsyncCleanup(() => throw new FormatException("two"));
        Heap.Emalloc(100);
        var failed = Assert.Throws<AggregateException>(scope.Dispose);
        Assert.Equal(["two", "one"], failed.InnerExceptions.Select(e => e.Message));
        Assert.Equal(2, ran);
        Assert.True(scope.IsEnded);
        Assert.Null(RequestScope.Current);
        Assert.Equal(0, scope.GetUsage());
    }

    [Fact]
    public void Failures_can_go_to_a_handler_instead()
    {
        var failures = new List<Exception>();
        using (var scope = RequestScope.Begin(new RequestScopeOptions { OnCleanupError = failures.Add }))
        {
            scope.RegisterCleanup(() => throw new FormatException());
        }

        Assert.IsType<FormatException>(Assert.Single(failures));
    }

    [Fact]
    public void Children_end_before_parents()
    {
        var order = new List<string>();
        var outer = RequestScope.Begin();
        outer.RegisterCleanup(() => order.Add("outer"));
        var middle = RequestScope.Begin();
        middle.RegisterCleanup(() => order.Add("middle"));
        var inner = RequestScope.Begin(new RequestScopeOptions { Ambient = false });
        inner.RegisterCleanup(() => order.Add("inner"));
        nint block = inner.Emalloc(100);
        outer.Dispose();
        Assert.Equal(["inner", "middle", "outer"], order);
        Assert.True(inner.IsEnded && middle.IsEnded && outer.IsEnded);
        Assert.Null(RequestScope.Current);
        Assert.Equal(InvalidFreeKind.EndedScope, Assert.Throws<InvalidFreeException>(() => Heap.Efree(block)).Kind);
        middle.Dispose();
        inner.Dispose();
    }

    [Fact]
    public void Ending_twice_does_nothing()
    {
        int ran = 0;
        var scope = RequestScope.Begin();
        scope.RegisterCleanup(() => ran++);
        scope.Dispose();
        scope.Dispose();
        Assert.True(scope.DisposeAsync().IsCompletedSuccessfully);
        Assert.Equal(1, ran);
    }

    [Fact]
    public void Ending_it_from_its_own_cleanup_does_nothing()
    {
        var scope = RequestScope.Begin();
        scope.RegisterCleanup(scope.Dispose);
        scope.Dispose();
        Assert.True(scope.IsEnded);
    }

    [Fact]
    public void A_block_of_the_outer_scope_can_be_released_and_resized_in_the_inner_one()
    {
        using var outer = RequestScope.Begin();
        nint released = Heap.Emalloc(100);
        nint resized = Heap.Emalloc(100);
        Fill(resized, 100);
        using (RequestScope.Begin())
        {
            Heap.Efree(released);
            resized = Heap.Erealloc(resized, 10_000);
            Heap.Emalloc(50);
        }

        Assert.Equal(12288, outer.GetUsage());
        Check(resized, 100);
        Heap.Efree(resized);
        Assert.Equal(0, outer.GetUsage());

        static unsafe void Fill(nint block, int bytes) => new Span<byte>((void*)block, bytes).Fill(5);

        static unsafe void Check(nint block, int bytes) => Assert.Equal(-1, new Span<byte>((void*)block, bytes).IndexOfAnyExcept((byte)5));
    }

    [Fact]
    public unsafe void Promoted_memory_outlives_the_scope()
    {
        nint kept;
        using (var scope = RequestScope.Begin())
        {
            nint block = Heap.Emalloc(20);
            new Span<byte>((void*)block, 20).Fill(9);
            kept = scope.Promote(block);
            Assert.Equal(0, scope.GetUsage());
        }

        Assert.Equal(-1, new Span<byte>((void*)kept, 20).IndexOfAnyExcept((byte)9));
        Heap.Free(kept);
    }

    [Fact]
    public unsafe void Scrubbing_leaves_nothing_behind()
    {
        nint small;
        nint huge;
        using (RequestScope.Begin(new RequestScopeOptions { ScrubOnEnd = true }))
        {
            small = Heap.Emalloc(64);
            huge = Heap.Emalloc(1 << 20);
            new Span<byte>((void*)small, 64).Fill(0x5A);
            new Span<byte>((void*)huge, 1 << 20).Fill(0x5A);
        }

        Assert.Equal(-1, new Span<byte>((void*)small, 64).IndexOf((byte)0x5A));
        Assert.Equal(-1, new Span<byte>((void*)huge, 1 << 20).IndexOf((byte)0x5A));
    }

    [Fact]
    public async Task Memory_and_owners_know_when_it_is_over()
    {
        Memory<int> memory;
        System.Buffers.IMemoryOwner<byte> owner;
        using (var scope = RequestScope.Begin())
        {
            memory = Heap.EmallocMemory<int>(100);
            Assert.Equal(100, memory.Length);
            Assert.Equal(-1, memory.Span.IndexOfAnyExcept(0));
            using (owner = Heap.RentRequestMemory(50))
            {
                await new MemoryStream([1, 2, 3]).ReadExactlyAsync(owner.Memory[..3]);
                Assert.Equal(3, owner.Memory.Span[2]);
            }

            Assert.Throws<ObjectDisposedException>(() => owner.Memory.Span[0]);
            Assert.Equal(448, scope.GetUsage());
            owner = Heap.RentRequestMemory(50);
        }

        Assert.Throws<RequestScopeEndedException>(() => memory.Span[0]);
        owner.Dispose();
    }

    [Fact]
    public async Task A_block_value_is_kept_over_await_and_knows_when_it_is_over()
    {
        RequestBlock kept;
        using (var scope = RequestScope.Begin())
        {
            RequestBlock block = Heap.EmallocBlock(100);
            block.Span.Fill(7);
            await Task.Yield();
            Assert.Equal(-1, block.Span.IndexOfAnyExcept((byte)7));
            Assert.Equal((100, Heap.RoundedSize(100)), (block.Length, scope.GetUsage()));
            RequestBlock copy = block;
            Assert.True(copy == block);
            block.Free();
            Assert.Equal(InvalidFreeKind.DoubleFree, Assert.Throws<InvalidFreeException>(copy.Free).Kind);
            Assert.Equal(0, scope.GetUsage());
            kept = Heap.EmallocBlock(10);
        }

        Assert.Throws<RequestScopeEndedException>(() => kept.Span.Length);
        Assert.Throws<RequestScopeEndedException>(kept.Free);
        RequestBlock none = default;
        none.Free();
        Assert.Equal(0, none.Span.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            using var scope = RequestScope.Begin();
            Heap.EmallocBlock(-1);
        });
    }

    [Fact]
    public void A_scope_that_is_forgotten_loses_its_memory_in_the_end()
    {
        using var events = new RuntimeEvents();
        long id = Forget();
        // What a thread that has ended held is left alone for a second.
        for (int i = 0; i < 1000 && !events.Of("ScopeForgotten").Any(e => (long)e.Payload![0]! == id); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            MemoryRetention.Trim();
            Thread.Sleep(5);
        }

        var forgotten = Assert.Single(events.Of("ScopeForgotten"), e => (long)e.Payload![0]! == id);
        Assert.Equal(10L << 20, forgotten.Payload![1]);

        static long Forget()
        {
            long id = 0;
            var thread = new Thread(() =>
            {
                id = RequestScope.Begin().Id;
                Heap.Emalloc(10 << 20);
            });
            thread.Start();
            thread.Join();
            return id;
        }
    }

    private sealed class Disposable(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}
