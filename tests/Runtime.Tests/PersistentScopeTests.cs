namespace LifetimeAnalyzers.Tests;

/// <summary>Scopes of servers that never end a request: what is forgotten adds up, and recycling is the way out.</summary>
public sealed class PersistentScopeTests
{
    [Fact]
    public void Usage_grows_by_what_each_request_forgets()
    {
        using var scope = RequestScope.BeginPersistent();
        for (int i = 1; i <= 100; i++)
        {
            Heap.Emalloc(1000);
            Assert.Equal(1024 * i, scope.GetUsage());
            Assert.False(scope.RequestCompleted());
        }
    }

    [Fact]
    public void Usage_stays_when_each_request_releases()
    {
        using var scope = RequestScope.BeginPersistent();
        for (int i = 1; i <= 100; i++)
        {
            Heap.Efree(Heap.Emalloc(1000));
            scope.RequestCompleted();
            Assert.Equal(0, scope.GetUsage());
        }

        Assert.Equal(1024, scope.GetPeakUsage());
        Assert.Equal(2 << 20, scope.GetPeakUsage(real: true));
    }

    [Fact]
    public void Recycling_releases_everything_and_goes_on()
    {
        int cleaned = 0;
        using var scope = RequestScope.BeginPersistent(new RequestScopeOptions { MaxRequests = 3 });
        for (int round = 0; round < 4; round++)
        {
            nint block = Heap.Emalloc(100);
            nint huge = scope.Emalloc(3 << 20);
            Memory<byte> memory = Heap.EmallocMemory<byte>(10);
            scope.RegisterCleanup(() => cleaned++);
            Assert.False(scope.RequestCompleted());
            Assert.False(scope.RequestCompleted());
            Assert.True(scope.RequestCompleted());
            Assert.Equal(0, scope.GetUsage());
            Assert.Equal(round + 1, cleaned);
            Assert.False(scope.IsEnded);
            Assert.Equal(InvalidFreeKind.EndedScope, Assert.Throws<InvalidFreeException>(() => Heap.Efree(block)).Kind);
            Assert.Equal(InvalidFreeKind.EndedScope, Assert.Throws<InvalidFreeException>(() => scope.Efree(huge)).Kind);
            Assert.Throws<RequestScopeEndedException>(() => memory.Span[0]);
        }
    }

    [Fact]
    public void A_grace_spreads_the_recycling()
    {
        using var scope = RequestScope.BeginPersistent(new RequestScopeOptions { MaxRequests = 10, MaxRequestsGrace = 5 });
        for (int round = 0; round < 5; round++)
        {
            int served = 1;
            while (!scope.RequestCompleted())
            {
                served++;
            }

            Assert.InRange(served, 10, 15);
        }
    }

    [Fact]
    public void Growth_raises_the_alarm_each_time_it_is_due()
    {
        var alarms = new List<GrowthAlarm>();
        using var scope = RequestScope.BeginPersistent(new RequestScopeOptions { Name = "worker", GrowthAlarm = 4096, OnGrowth = alarms.Add });
        for (int i = 0; i < 10; i++)
        {
            Heap.Emalloc(1024);
            scope.RequestCompleted();
        }

        Assert.Equal([5, 9], alarms.Select(a => a.Requests));
        Assert.Equal(new GrowthAlarm("worker", 1024, 5120, 5), alarms[0]);
    }

    [Fact]
    public void Only_persistent_scopes_count_requests()
    {
        using var scope = RequestScope.Begin();
        Assert.Throws<InvalidOperationException>(() => scope.RequestCompleted());
    }

    [Fact]
    public void A_request_in_a_persistent_server_may_have_a_scope_of_its_own()
    {
        using var worker = RequestScope.BeginPersistent();
        for (int i = 0; i < 10; i++)
        {
            using (RequestScope.Begin())
            {
                Heap.Emalloc(2 << 20);
            }

            Assert.Equal(0, worker.GetUsage());
        }
    }

    [Fact]
    public void Collecting_makes_pages_free_for_other_sizes()
    {
        using var scope = RequestScope.BeginPersistent();
        nint keep = Heap.Emalloc(48);
        nint[] blocks = [.. Enumerable.Range(0, 200_000).Select(_ => Heap.Emalloc(64))];
        nint[] pages = [.. Enumerable.Range(0, 2_000).Select(_ => Heap.Emalloc(8192))];
        long real = scope.GetUsage(real: true);
        Array.ForEach(blocks, Heap.Efree);
        Array.ForEach(pages, Heap.Efree);
        Assert.Equal(real, scope.GetUsage(real: true));
        long freed = scope.Collect();
        Assert.InRange(freed, 20 << 20, 30 << 20);
        Assert.Equal(2 << 20, scope.GetUsage(real: true));
        Assert.Equal(48, scope.GetUsage());
        blocks = [.. Enumerable.Range(0, 20_000).Select(_ => Heap.Emalloc(64))];
        Assert.Equal(20_001, blocks.Append(keep).Distinct().Count());
        Heap.Efree(keep);
    }

    [Fact]
    public void A_changing_mix_of_sizes_does_not_grow_without_bound()
    {
        using var scope = RequestScope.BeginPersistent();
        long most = 0;
        for (int round = 0; round < 40; round++)
        {
            int size = 100 + (round * 977 % 20_000);
            nint[] blocks = [.. Enumerable.Range(0, (8 << 20) / size).Select(_ => Heap.Emalloc(size))];
            Array.ForEach(blocks, Heap.Efree);
            most = Math.Max(most, scope.GetUsage(real: true));
        }

        Assert.Equal(0, scope.GetUsage());
        Assert.InRange(most, 8 << 20, 40 << 20);
    }
}
