namespace LifetimeAnalyzers.Data.Tests;

/// <summary>Unbuffered: one row at a time, in the memory of the one before.</summary>
public sealed class UnbufferedResultSetTests
{
    [Fact]
    public void Memory_does_not_grow_with_the_rows()
    {
        using Database database = new(items: 1000);
        using RequestScope scope = RequestScope.Begin();
        using UnbufferedResultSet set = new(database.Items());
        long sum = 0;
        while (set.Read(out ResultRow row))
        {
            sum += row.GetInt64(0);
        }

        Assert.Equal(1000 * 1001 / 2, sum);
        Assert.Equal(1000, set.RowsRead);
        Assert.InRange(scope.GetPeakUsage(), 1, 1024);
        Assert.False(set.Read(out _));
    }

    [Fact]
    public async Task Row_is_gone_when_the_next_is_read()
    {
        using Database database = new(items: 2);
        using RequestScope scope = RequestScope.Begin();
        using UnbufferedResultSet set = new(database.Items());
        ResultRow first = (await set.ReadAsync())!.Value;
        Assert.Equal(1, first.GetInt64(0));

        ResultRow second = (await set.ReadAsync())!.Value;

        Assert.Equal(2, second.GetInt64(0));
        Assert.Contains("until the next one is read", Assert.Throws<InvalidOperationException>(() => first.GetInt64(0)).Message, StringComparison.Ordinal);
        Assert.Null(await set.ReadAsync());
        Assert.Throws<InvalidOperationException>(() => second.GetInt64(0));
    }

    [Fact]
    public void Kept_cell_gets_a_copy_when_its_row_goes()
    {
        using Database database = new(items: 3);
        using RequestScope scope = RequestScope.Begin();
        using UnbufferedResultSet set = new(database.Items());
        Assert.True(set.Read(out ResultRow row));
        using KeptCell name = row.Keep(1);

        Assert.True(set.Read(out _));

        Assert.Equal("item 1 äöü", name.GetString());
        Assert.Equal(1, set.Statistics[ResultSetEvent.CopyPerformed]);
        Assert.Equal(3, set.Statistics[ResultSetEvent.CopySaved]);
    }

    [Fact]
    public void Freed_before_its_end_it_leaves_the_connection_usable()
    {
        using Database database = new(items: 100);
        using RequestScope scope = RequestScope.Begin();
        UnbufferedResultSet set = new(database.Items());
        Assert.True(set.Read(out ResultRow row));

        set.Dispose();

        Assert.Equal(1, set.Statistics[ResultSetEvent.SetFlushed]);
        Assert.Equal(0, scope.GetUsage());
        Assert.Throws<ObjectDisposedException>(() => row.GetInt64(0));
        using BufferedResultSet count = BufferedResultSet.Fetch(database.Query("select count(*) from items"));
        Assert.Equal(100, count[0].GetInt64(0));
    }

    [Fact]
    public void Row_too_large_for_the_request_is_refused_and_the_scope_goes_on()
    {
        using Database database = new(items: 1);
        using RequestScope scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 100_000 });
        using (UnbufferedResultSet set = new(database.Query("select 1, zeroblob(10) union all select 2, zeroblob(1000000)")))
        {
            Assert.True(set.Read(out ResultRow row));
            Assert.Equal(10, row.Bytes(1).Length);
            Assert.Throws<MemoryLimitExceededException>(() => set.Read(out _));
        }

        Assert.Equal(0, scope.GetUsage());
    }
}
