using System.Data;
using System.Text;

namespace LifetimeAnalyzers.Data.Tests;

/// <summary>Buffered: all rows at once, in any order, as often as wanted.</summary>
public sealed class BufferedResultSetTests
{
    [Fact]
    public void Rows_hold_what_the_database_holds()
    {
        using Database database = new(items: 50);
        using RequestScope scope = RequestScope.Begin();

        using BufferedResultSet set = BufferedResultSet.Fetch(database.Items());

        Assert.Equal(["id", "name", "price", "picture"], set.Columns);
        Assert.Equal(50, set.Count);
        foreach (int id in new[] { 50, 1, 7, 8, 1 })
        {
            ResultRow row = set[id - 1];
            Assert.Equal(id, row.GetInt64(0));
            Assert.Equal($"item {id} äöü", row.GetString(1));
            Assert.Equal(id + 0.5, row.GetDouble(set.Ordinal("price")));
            Assert.Equal(id % 2 == 0, row.IsNull(3));
            Assert.Equal(id % 2 == 0 ? [] : Convert.FromHexString($"{id:x4}"), row.Bytes(3).ToArray());
        }
    }

    [Fact]
    public void Values_of_every_kind_come_back_as_they_were()
    {
        DataTable table = new();
        object[] values = [true, (byte)7, -3, long.MinValue, 1.25f, Math.PI, 12345.6789m, "text", Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc), TimeSpan.FromSeconds(90)];
        foreach (object value in values)
        {
            table.Columns.Add(null, value.GetType());
        }

        table.Rows.Add(values);
        using RequestScope scope = RequestScope.Begin();
        using BufferedResultSet set = BufferedResultSet.Fetch(table.CreateDataReader());
        ResultRow row = set[0];

        Assert.Equal(1, row.GetInt64(0));
        Assert.Equal(7, row.GetInt64(1));
        Assert.Equal(-3, row.GetInt64(2));
        Assert.Equal(long.MinValue, row.GetInt64(3));
        Assert.Equal(1.25, row.GetDouble(4));
        Assert.Equal(Math.PI, row.GetDouble(5));
        Assert.Equal(12345.6789m, row.GetDecimal(6));
        Assert.Equal("text"u8.ToArray(), row.Bytes(7).ToArray());
        Assert.Equal(values[8], row.GetGuid(8));
        Assert.Equal(values[9], row.GetDateTime(9));
        Assert.Equal("00:01:30", row.GetString(10));
        Assert.Throws<InvalidCastException>(() => row.GetInt64(7));
        Assert.Throws<ArgumentOutOfRangeException>(() => row.GetInt64(11));
        Assert.Contains("no column 'x'", Assert.Throws<ArgumentException>(() => set.Ordinal("x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_are_charged_to_the_request_and_given_back_on_free()
    {
        using Database database = new(items: 500);
        using RequestScope scope = RequestScope.Begin();

        BufferedResultSet set = BufferedResultSet.Fetch(database.Items());
        long used = scope.GetUsage();
        long bytes = set.Statistics[ResultSetEvent.ByteBuffered];
        set.Dispose();
        set.Dispose();

        Assert.InRange(bytes, 500 * 20, used);
        Assert.Equal(0, scope.GetUsage());
        Assert.Equal(1, set.Statistics[ResultSetEvent.ExplicitFree]);
        Assert.Throws<ObjectDisposedException>(() => set[0]);
    }

    [Fact]
    public void Limit_hit_while_fetching_frees_what_was_fetched_and_leaves_the_connection_usable()
    {
        using Database database = new(items: 500);
        using RequestScope scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 10_000 });

        Assert.Throws<MemoryLimitExceededException>(() => BufferedResultSet.Fetch(database.Items()));

        Assert.Equal(0, scope.GetUsage());
        using BufferedResultSet small = BufferedResultSet.Fetch(database.Query("select count(*) from items"));
        Assert.Equal(500, small[0].GetInt64(0));
    }

    [Fact]
    public void Every_allocation_of_a_fetch_may_fail_and_nothing_is_lost()
    {
        using Database database = new(items: 40);
        bool whole = false;
        for (int nth = 1; !whole; nth++)
        {
            using RequestScope scope = RequestScope.Begin(new RequestScopeOptions { FaultInjection = new FaultInjectionOptions { FailNth = nth } });
            try
            {
                using BufferedResultSet set = BufferedResultSet.Fetch(database.Items());
                whole = set.Count == 40 && nth > 40;
            }
            catch (SimulatedOutOfMemoryException)
            {
                Assert.Equal(0, scope.GetUsage());
            }
        }

        Assert.True(whole);
    }

    [Fact]
    public async Task Rows_bought_and_not_read_are_counted()
    {
        using Database database = new(items: 10);
        using RequestScope scope = RequestScope.Begin();
        using BufferedResultSet set = await BufferedResultSet.FetchAsync(database.Items());

        _ = set[0];
        _ = set[0];
        _ = set[9];

        Assert.Equal(10, set.Statistics[ResultSetEvent.RowBuffered]);
        Assert.Equal(2, set.Statistics[ResultSetEvent.RowRead]);
        Assert.Equal(8, set.Statistics.RowsNeverRead);
        Assert.Equal(10, set.Count(row => row.GetInt64(0) > 0));
        Assert.Equal(0, set.Statistics.RowsNeverRead);
    }

    [Fact]
    public void Set_that_is_forgotten_is_freed_with_the_request()
    {
        using Database database = new(items: 10);
        RequestScope scope = RequestScope.Begin();
        BufferedResultSet set = BufferedResultSet.Fetch(database.Items());
        ResultRow row = set[0];

        scope.Dispose();

        Assert.Equal(1, set.Statistics[ResultSetEvent.ImplicitFree]);
        Assert.Equal(0, set.Statistics[ResultSetEvent.ExplicitFree]);
        Assert.Throws<RequestScopeEndedException>(() => row.GetInt64(0));
        set.Dispose();
        Assert.Equal(0, set.Statistics[ResultSetEvent.ExplicitFree]);
    }

    [Fact]
    public void Reader_may_stay_open_for_the_next_result()
    {
        using Database database = new(items: 3);
        using RequestScope scope = RequestScope.Begin();
        using var reader = database.Query("select id from items order by id; select name from items order by id");

        using BufferedResultSet first = BufferedResultSet.Fetch(reader, new ResultSetOptions { LeaveReaderOpen = true });
        Assert.True(reader.NextResult());
        using BufferedResultSet second = BufferedResultSet.Fetch(reader);

        Assert.Equal([1L, 2L, 3L], first.Select(row => row.GetInt64(0)));
        Assert.Equal("item 3 äöü", Encoding.UTF8.GetString(second[2].Bytes(0)));
        Assert.True(reader.IsClosed);
    }

    [Fact]
    public void Without_a_scope_there_is_no_memory_for_rows()
    {
        using Database database = new(items: 1);
        using var reader = database.Items();

        Assert.Throws<NoRequestScopeException>(() => BufferedResultSet.Fetch(reader));
    }
}
