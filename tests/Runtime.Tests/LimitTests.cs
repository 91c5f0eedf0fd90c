namespace LifetimeAnalyzers.Tests;

/// <summary>The limit is exact, can be caught, and leaves everything usable.</summary>
public sealed class LimitTests
{
    private const long Limit = 1 << 20;

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(1000)]
    [InlineData(3072)]
    [InlineData(5000)]
    [InlineData(100_000)]
    public void Allocations_succeed_up_to_the_last_byte_and_not_beyond(long size)
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = Limit });
        long rounded = Heap.RoundedSize(size);
        long fits = Limit / rounded;
        for (long i = 0; i < fits; i++)
        {
            Heap.Emalloc(size);
        }

        Assert.Equal(fits * rounded, scope.GetUsage());
        var exceeded = Assert.Throws<MemoryLimitExceededException>(() => Heap.Emalloc(size));
        Assert.Equal(Limit, exceeded.Limit);
        Assert.Equal(fits * rounded, exceeded.Usage);
        Assert.Equal(size, exceeded.Requested);
        Assert.EndsWith("LimitTests.cs", exceeded.File);
        Assert.True(exceeded.Line > 20);
        Assert.Equal($"Allowed memory size of {Limit} bytes exhausted (tried to allocate {size} bytes)", exceeded.Message);
        Assert.Equal(fits * rounded, scope.GetUsage());
    }

    [Fact]
    public void A_huge_block_counts_to_the_page()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 8 << 20 });
        nint first = Heap.Emalloc(3 << 20);
        Assert.Equal(3 << 20, scope.GetUsage());
        Heap.Emalloc((5 << 20) - 4096);
        Heap.Emalloc(4096);
        Assert.Throws<MemoryLimitExceededException>(() => Heap.Emalloc(1));
        Heap.Efree(first);
        Heap.Efree(Heap.Emalloc(3 << 20));
    }

    [Fact]
    public void Catch_and_finally_run_and_the_scope_stays_usable_after_a_release()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 128 });
        nint block = Heap.Emalloc(128);
        bool caught = false;
        bool cleaned = false;
        try
        {
            Heap.Emalloc(1);
        }
        catch (MemoryLimitExceededException)
        {
            caught = true;
        }
        finally
        {
            cleaned = true;
        }

        Assert.True(caught && cleaned);
        Heap.Efree(block);
        Heap.Efree(Heap.Emalloc(128));
        Assert.Equal(0, scope.GetUsage());
    }

    [Fact]
    public void The_same_thread_can_begin_another_scope_after_the_limit()
    {
        using (RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 0 }))
        {
            Assert.Throws<MemoryLimitExceededException>(() => Heap.Emalloc(1));
        }

        using var scope = RequestScope.Begin();
        Assert.NotEqual(0, Heap.Emalloc(1 << 20));
    }

    [Fact]
    public void Malloc_is_neither_limited_nor_counted()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 16 << 20 });
        nint block = Heap.Malloc(256 << 20);
        Assert.Equal(0, scope.GetUsage());
        Heap.Free(block);
    }

    [Fact]
    public void TryEmalloc_says_no_instead()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 64 });
        Assert.True(Heap.TryEmalloc(64, out nint block));
        Assert.False(Heap.TryEmalloc(1, out nint none));
        Assert.Equal(0, none);
        Assert.False(scope.TryEmalloc(1, out _));
        Heap.Efree(block);
        Assert.True(scope.TryEmalloc(1, out _));
    }

    [Fact]
    public void A_nested_scope_is_charged_to_the_scopes_around_it()
    {
        using var outer = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 1024 });
        nint kept = Heap.Emalloc(256);
        using (var inner = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 1 << 20 }))
        {
            Heap.Emalloc(512);
            Heap.Emalloc(256);
            Assert.Equal(768, inner.GetUsage());
            Assert.Equal(1024, outer.GetUsage());
            var exceeded = Assert.Throws<MemoryLimitExceededException>(() => Heap.Emalloc(16));
            Assert.Equal(1024, exceeded.Limit);
            Assert.Equal(1024, exceeded.Usage);
        }

        Assert.Equal(256, outer.GetUsage());
        Assert.Equal(1024, outer.GetPeakUsage());
        Heap.Emalloc(768);
        Heap.Efree(kept);
    }

    [Fact]
    public void A_nested_scope_can_have_the_tighter_limit()
    {
        using var outer = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 1 << 20 });
        using var inner = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 64 });
        Assert.Equal(64, Assert.Throws<MemoryLimitExceededException>(() => Heap.Emalloc(128)).Limit);
        Assert.NotEqual(0, outer.Emalloc(128));
    }

    [Fact]
    public void The_limit_can_be_moved_but_not_below_what_is_in_use()
    {
        using var scope = RequestScope.Begin();
        nint block = Heap.Emalloc(1000);
        Assert.False(scope.TrySetMemoryLimit(500));
        Assert.Equal(RequestScopeOptions.Unlimited, scope.MemoryLimit);
        Assert.True(scope.TrySetMemoryLimit(1024));
        Assert.Throws<MemoryLimitExceededException>(() => Heap.Emalloc(16));
        Assert.True(scope.TrySetMemoryLimit(2048));
        Heap.Emalloc(1024);
        Assert.True(scope.TrySetMemoryLimit(RequestScopeOptions.Unlimited));
        Heap.Emalloc(1 << 22);
        Heap.Efree(block);
    }

    [Fact]
    public void Several_threads_never_get_more_than_the_limit_together()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 4 << 20 });
        long got = 0;
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            while (Heap.TryEmalloc(1024, out nint _))
            {
                Interlocked.Add(ref got, 1024);
            }
        });
        Assert.InRange(got, (4 << 20) - (4 * (64 << 10)), 4 << 20);
        Assert.Equal(got, scope.GetUsage());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-16)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void A_size_that_is_none_is_an_overflow(long size)
    {
        using var scope = RequestScope.Begin();
        Assert.Contains("Possible integer overflow in memory allocation", Assert.Throws<OverflowException>(() => Heap.Emalloc(size)).Message);
        Assert.Throws<OverflowException>(() => scope.Emalloc(size));
        Assert.Throws<OverflowException>(() => Heap.Malloc(size));
        Assert.Throws<OverflowException>(() => Heap.Erealloc((nint)0, size));
        Assert.Throws<OverflowException>(() => Heap.Realloc((nint)0, size));
    }

    [Fact]
    public unsafe void Products_are_checked()
    {
        using var scope = RequestScope.Begin();
        Assert.Equal(
            "Possible integer overflow in memory allocation (4611686018427387904 * 8 + 1)",
            Assert.Throws<OverflowException>(() => Heap.SafeEmalloc(1L << 62, 8, 1)).Message);
        Assert.Throws<OverflowException>(() => Heap.Ecalloc(1L << 62, 8));
        Assert.Throws<OverflowException>(() => Heap.SafeMalloc(-1, 8, 0));
        Assert.Throws<OverflowException>(() => { Heap.Emalloc<long>(long.MaxValue); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { Heap.EmallocSpan<int>(-1); });
    }

    [Fact]
    public void More_than_the_system_has_is_out_of_memory()
    {
        using var scope = RequestScope.Begin();
        Assert.StartsWith("Out of memory (allocated ", Assert.Throws<OutOfMemoryException>(() => Heap.Emalloc(1L << 50)).Message);
        Assert.NotEqual(0, Heap.Emalloc(16));
    }
}
