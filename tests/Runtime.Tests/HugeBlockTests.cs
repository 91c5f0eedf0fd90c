namespace LifetimeAnalyzers.Tests;

/// <summary>Blocks beyond 512 KiB have a mapping each, which goes back to the system whole; what is known of them outlives it.</summary>
public sealed class HugeBlockTests : IDisposable
{
    private const int Size = 6_000_000;

    private readonly long _maxCached = MemoryRetention.MaxCachedBytes;

    public HugeBlockTests() => MemoryRetention.MaxCachedBytes = 0;

    public void Dispose() => MemoryRetention.MaxCachedBytes = _maxCached;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_block_whose_mapping_is_gone_is_still_known(bool debug)
    {
        nint late;
        using (var scope = RequestScope.Begin(new RequestScopeOptions { Debug = debug, OnLeaks = _ => { } }))
        {
            nint block = scope.Emalloc(Size);
            late = scope.Emalloc(Size);
            scope.Efree(block);
            Assert.Equal(InvalidFreeKind.DoubleFree, Assert.Throws<InvalidFreeException>(() => scope.Efree(block)).Kind);
            Assert.Equal(InvalidFreeKind.DoubleFree, Assert.Throws<InvalidFreeException>(() => scope.Erealloc(block, 10)).Kind);
            // where no block can begin: a page may hold the start of one that has been mapped there before
            Assert.Equal(InvalidFreeKind.NotRequestMemory, Assert.Throws<InvalidFreeException>(() => scope.Efree(block + 4096 + 8)).Kind);
        }

        using var other = RequestScope.Begin();
        Assert.Equal(InvalidFreeKind.EndedScope, Assert.Throws<InvalidFreeException>(() => other.Efree(late)).Kind);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Free_and_Realloc_refuse_it(bool debug)
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { Debug = debug, OnLeaks = _ => { } });
        nint block = Heap.Emalloc(Size);
        Assert.Equal(InvalidFreeKind.WrongFamily, Assert.Throws<InvalidFreeException>(() => Heap.Free(block)).Kind);
        Assert.Equal(InvalidFreeKind.WrongFamily, Assert.Throws<InvalidFreeException>(() => Heap.Realloc(block, 10)).Kind);
        Heap.Efree(block);
    }

    [Fact]
    public void Thousands_of_blocks_at_once_and_one_after_the_other()
    {
        using var scope = RequestScope.Begin();
        for (int round = 0; round < 3; round++)
        {
            nint[] blocks = [.. Enumerable.Range(0, 3000).Select(i => scope.Emalloc(600_000 + (i * 1000)))];
            Assert.Equal(blocks.Length, blocks.Distinct().Count());
            foreach (nint block in blocks.Where((_, i) => i % 3 == round))
            {
                scope.Efree(block);
                Assert.Throws<InvalidFreeException>(() => scope.Efree(block));
            }

            Assert.Equal(InvalidFreeKind.Interior, Assert.Throws<InvalidFreeException>(() => scope.Efree(blocks[(round + 1) % 3] + 16)).Kind);
            foreach (nint block in blocks.Where((_, i) => i % 3 != round))
            {
                scope.Efree(block);
            }

            Assert.Equal(0, scope.GetUsage());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public unsafe void Threads_release_one_anothers_blocks(bool debug)
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { Debug = debug, OnLeaks = _ => { } });
        nint[] blocks = [.. Enumerable.Range(0, 50).Select(i => Heap.Emalloc(Size + i))];
        Exception? failed = null;
        var releasing = new Thread(() => failed = Record.Exception(() =>
        {
            foreach (nint block in blocks)
            {
                *(long*)block = -1;
                Heap.Efree(block);
                Assert.Equal(InvalidFreeKind.DoubleFree, Assert.Throws<InvalidFreeException>(() => Heap.Efree(block)).Kind);
            }
        }));
        releasing.Start();
        releasing.Join();
        Assert.Null(failed);
        Assert.Equal(0, scope.GetUsage());
        foreach (nint block in blocks)
        {
            Assert.Equal(InvalidFreeKind.DoubleFree, Assert.Throws<InvalidFreeException>(() => Heap.Efree(block)).Kind);
        }

        // The thread that allocated takes them back when it next asks for something.
        scope.Collect();
        Assert.InRange(scope.GetUsage(real: true), 0, 10 << 20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Releases_that_meet_the_end_of_the_scope(bool debug)
    {
        for (int round = 0; round < 300; round++)
        {
            var scope = RequestScope.Begin(new RequestScopeOptions { Debug = debug, OnLeaks = _ => { } });
            nint[] blocks = [.. Enumerable.Range(0, 8).Select(i => scope.Emalloc(600_000 + (i * 100_000)))];
            using var ready = new Barrier(2);
            Exception? unexpected = null;
            var releasing = new Thread(() =>
            {
                ready.SignalAndWait();
                foreach (nint block in blocks)
                {
                    if (Record.Exception(() => scope.Efree(block)) is not (null or InvalidFreeException or RequestScopeEndedException) and var other)
                    {
                        unexpected = other;
                    }
                }
            });
            releasing.Start();
            ready.SignalAndWait();
            Thread.SpinWait(round * 20);
            scope.Dispose();
            releasing.Join();
            Assert.Null(unexpected);
        }
    }

    [Fact]
    public unsafe void A_block_that_is_used_again_is_zeroed_on_request()
    {
        MemoryRetention.MaxCachedBytes = 64 << 20;
        for (int round = 0; round < 3; round++)
        {
            using var scope = RequestScope.Begin();
            nint block = scope.Ecalloc(1, Size);
            Assert.Equal(-1, new Span<byte>((void*)block, Size).IndexOfAnyExcept((byte)0));
            new Span<byte>((void*)block, Size).Fill(7);
            Assert.Equal(-1, new Span<byte>((void*)scope.Erealloc(block, Size + 300_000), Size).IndexOfAnyExcept((byte)7));
        }
    }
}
