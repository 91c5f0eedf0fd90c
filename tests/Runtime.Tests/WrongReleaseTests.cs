namespace LifetimeAnalyzers.Tests;

/// <summary>Whatever is released wrongly is named in an exception; the process stays alive and the heap whole. With and without debug mode.</summary>
public sealed class WrongReleaseTests
{
    public static TheoryData<bool> Modes => [false, true];

    private static RequestScope Begin(bool debug) => RequestScope.Begin(new RequestScopeOptions { Debug = debug, OnLeaks = _ => { } });

    private static void Refused(InvalidFreeKind kind, Action release)
    {
        var error = Assert.Throws<InvalidFreeException>(release);
        Assert.Equal(kind, error.Kind);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public unsafe void Memory_of_others(bool debug)
    {
        using var scope = Begin(debug);
        nint process = Heap.Malloc(100);
        int local = 0;
        Refused(InvalidFreeKind.NotRequestMemory, () => Heap.Efree(process));
        nint stack = (nint)(&local);
        Refused(InvalidFreeKind.Stack, () => Heap.Efree(stack));
        Refused(InvalidFreeKind.NotRequestMemory, () => Heap.Efree(12345));
        Refused(InvalidFreeKind.NotRequestMemory, () => scope.Efree(-16));
        Refused(InvalidFreeKind.NotRequestMemory, () => Heap.Erealloc(process, 200));
        Refused(InvalidFreeKind.NotRequestMemory, () => scope.Promote(process));
        Heap.Free(process);
    }

    [Theory]
    [InlineData(16, false)]
    [InlineData(64, false)]
    [InlineData(3000, false)]
    [InlineData(5000, false)]
    [InlineData(300_000, false)]
    [InlineData(3_000_000, false)]
    [InlineData(5_000_000, false)]
    [InlineData(16, true)]
    [InlineData(3000, true)]
    [InlineData(5000, true)]
    [InlineData(3_000_000, true)]
    public void Double_release_and_interior_pointers(int size, bool debug)
    {
        using var scope = Begin(debug);
        nint keep = Heap.Emalloc(size);
        nint block = Heap.Emalloc(size);
        foreach (int offset in (int[])[1, 8, size / 2, size - 1])
        {
            Refused(InvalidFreeKind.Interior, () => Heap.Efree(block + offset));
            Refused(InvalidFreeKind.Interior, () => scope.Efree(block + offset));
        }

        Heap.Efree(block);
        Refused(InvalidFreeKind.DoubleFree, () => Heap.Efree(block));
        Refused(InvalidFreeKind.DoubleFree, () => scope.Efree(block));
        nint other = Heap.Emalloc(size);
        Heap.Efree(keep);
        Refused(InvalidFreeKind.DoubleFree, () => Heap.Efree(keep));
        Heap.Efree(other);
        Assert.Equal(0, scope.GetUsage());
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_block_released_twice_long_apart(bool debug)
    {
        using var scope = Begin(debug);
        nint[] blocks = [.. Enumerable.Range(0, 1000).Select(_ => Heap.Emalloc(48))];
        foreach (nint block in blocks)
        {
            Heap.Efree(block);
        }

        foreach (nint block in blocks)
        {
            Refused(InvalidFreeKind.DoubleFree, () => Heap.Efree(block));
        }

        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => Heap.Emalloc(48)).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_block_of_another_scope(bool debug)
    {
        using var mine = Begin(debug);
        nint block = await Task.Run(() =>
        {
            nint allocated = Heap.Emalloc(64);
            return allocated;
        });
        nint foreign = 0;
        RequestScope? other = null;
        Task elsewhere;
        using (ExecutionContext.SuppressFlow())
        {
            elsewhere = Task.Run(() =>
            {
                other = Begin(debug);
                foreign = Heap.Emalloc(64);
                Refused(InvalidFreeKind.OtherScope, () => Heap.Efree(block));
                Refused(InvalidFreeKind.OtherScope, () => Heap.Erealloc(block, 100));
                Refused(InvalidFreeKind.OtherScope, () => other.Efree(block));
            });
        }

        await elsewhere;
        Refused(InvalidFreeKind.OtherScope, () => Heap.Efree(foreign));
        Refused(InvalidFreeKind.OtherScope, () => mine.Efree(foreign));
        Heap.Efree(block);
        Assert.Equal(0, mine.GetUsage());
        other!.Dispose();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_block_of_a_scope_that_the_thread_uses_through_its_object(bool debug)
    {
        var options = new RequestScopeOptions { Debug = debug, Ambient = false, OnLeaks = static _ => { } };
        using var other = RequestScope.Begin(options);
        nint[] blocks = [.. ((int[])[64, 5000, 600_000]).Select(size => other.Emalloc(size))];
        using (RequestScope.Begin(new RequestScopeOptions { Debug = debug }))
        {
            foreach (nint block in blocks)
            {
                Assert.Equal(InvalidFreeKind.OtherScope, Assert.Throws<InvalidFreeException>(() => Heap.Efree(block)).Kind);
            }
        }

        foreach (nint block in blocks)
        {
            other.Efree(block);
        }

        Assert.Equal(0, other.GetUsage());
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_block_of_a_scope_that_has_ended(bool debug)
    {
        nint[] blocks;
        using (Begin(debug))
        {
            blocks = [.. new[] { 16, 64, 1000, 5000, 400_000, 2 << 20, 5 << 20 }.Select(size => Heap.Emalloc(size))];
        }

        foreach (nint block in blocks)
        {
            Refused(InvalidFreeKind.EndedScope, () => Heap.Efree(block));
        }

        using (Begin(debug))
        {
            foreach (nint block in blocks)
            {
                Refused(InvalidFreeKind.EndedScope, () => Heap.Efree(block));
            }

            Heap.Emalloc(64);
            nint second = blocks[1] + (64 * 3);
            Assert.Throws<InvalidFreeException>(() => Heap.Efree(second));
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public unsafe void Request_memory_given_to_Free(bool debug)
    {
        using var scope = Begin(debug);
        nint block = Heap.Emalloc(100);
        Refused(InvalidFreeKind.WrongFamily, () => Heap.Free(block));
        Refused(InvalidFreeKind.WrongFamily, () => Heap.Free((void*)block));
        Refused(InvalidFreeKind.WrongFamily, () => Heap.Realloc(block, 200));
        Refused(InvalidFreeKind.WrongFamily, () => Heap.Pefree(block, persistent: true));
        Heap.Pefree(block, persistent: false);
    }

    [Fact]
    public unsafe void Writing_to_a_released_block_is_noticed_when_it_would_be_used_again()
    {
        using var scope = Begin(debug: false);
        nint block = Heap.Emalloc(64);
        Heap.Efree(block);
        *(long*)block = 0x4141414141414141;
        var corrupted = Assert.Throws<HeapCorruptedException>(() => Heap.Emalloc(64));
        Assert.Equal(block, corrupted.Pointer);
        Assert.NotEqual(block, Heap.Emalloc(64));
    }

    [Fact]
    public unsafe void Writing_over_the_end_is_noticed_in_debug_mode()
    {
        using var scope = Begin(debug: true);
        nint block = Heap.Emalloc(30);
        ((byte*)block)[30] = 1;
        var error = Assert.Throws<InvalidFreeException>(() => Heap.Efree(block));
        Assert.Equal(InvalidFreeKind.Overrun, error.Kind);
        Assert.Contains("30 bytes allocated by Emalloc at ", error.Message);
        Assert.Contains("WrongReleaseTests.cs(", error.Message);
    }

    [Theory]
    [InlineData(-8)]
    [InlineData(-16)]
    public unsafe void Writing_before_the_start_is_noticed_in_debug_mode(int offset)
    {
        using var scope = Begin(debug: true);
        nint block = Heap.Emalloc(30);
        *(long*)(block + offset) = -1;
        Refused(InvalidFreeKind.Overrun, () => Heap.Efree(block));
        Refused(InvalidFreeKind.Overrun, () => scope.Efree(block));
    }

    [Fact]
    public void The_exception_says_what_to_do()
    {
        using var scope = Begin(debug: false);
        nint block = Heap.Emalloc(8);
        Assert.Contains("release it with Efree", Assert.Throws<InvalidFreeException>(() => Heap.Free(block)).Message);
    }

    [Fact]
    public void Zero_is_ignored()
    {
        using var scope = Begin(debug: false);
        Heap.Efree(0);
        scope.Efree(0);
        Heap.Free(0);
        Assert.Equal(0, scope.Promote(0));
    }
}
