namespace LifetimeAnalyzers.Data.Tests;

/// <summary>Copy on write: a kept cell refers to its row until the row goes or the cell is written to.</summary>
public sealed class KeptCellTests
{
    [Fact]
    public void Cell_kept_beyond_its_set_gets_a_copy_and_the_others_are_saved_one()
    {
        using Database database = new(items: 5);
        using RequestScope scope = RequestScope.Begin();
        BufferedResultSet set = BufferedResultSet.Fetch(database.Items());
        using KeptCell name = set[3].Keep(1);
        Assert.False(name.IsCopy);

        set.Dispose();

        Assert.True(name.IsCopy);
        Assert.Equal("item 4 äöü", name.GetString());
        Assert.Equal(1, set.Statistics[ResultSetEvent.CopyPerformed]);
        Assert.Equal(5 * 4 - 1, set.Statistics[ResultSetEvent.CopySaved]);
    }

    [Fact]
    public void Writing_to_a_kept_cell_leaves_the_row_as_it_was()
    {
        using Database database = new(items: 5);
        using RequestScope scope = RequestScope.Begin();
        using BufferedResultSet set = BufferedResultSet.Fetch(database.Items());
        using KeptCell first = set[0].Keep(1);
        using KeptCell second = set[0].Keep(1);

        first.Write(CellKind.Text, "changed"u8);
        first.Write(CellKind.Text, "changed again"u8);

        Assert.Equal("changed again", first.GetString());
        Assert.Equal("item 1 äöü", second.GetString());
        Assert.Equal("item 1 äöü", set[0].GetString(1));
        Assert.Equal(1, set.Statistics[ResultSetEvent.CopyPerformed]);
    }

    [Fact]
    public void Copy_mode_copies_at_once()
    {
        using Database database = new(items: 5);
        using RequestScope scope = RequestScope.Begin();
        using BufferedResultSet set = BufferedResultSet.Fetch(database.Items(), new ResultSetOptions { FetchMode = FetchMode.Copy });

        using KeptCell name = set[0].Keep(1);

        Assert.True(name.IsCopy);
        Assert.Equal("item 1 äöü", name.GetString());
        Assert.Equal(1, set.Statistics[ResultSetEvent.CopyPerformed]);
    }

    [Fact]
    public void Everything_disposed_of_leaves_no_byte()
    {
        using Database database = new(items: 5);
        using RequestScope scope = RequestScope.Begin();
        BufferedResultSet set = BufferedResultSet.Fetch(database.Items());
        KeptCell[] cells = [set[0].Keep(1), set[1].Keep(1), set[2].Keep(0)];
        cells[0].Write(CellKind.Text, "own"u8);
        cells[1].Dispose();

        set.Dispose();
        cells[0].Dispose();
        cells[2].Dispose();

        Assert.Equal(0, scope.GetUsage());
        Assert.Throws<ObjectDisposedException>(() => cells[0].GetString());
    }

    [Fact]
    public void Cell_ends_with_its_request()
    {
        using Database database = new(items: 1);
        RequestScope scope = RequestScope.Begin();
        KeptCell name = BufferedResultSet.Fetch(database.Items())[0].Keep(1);

        scope.Dispose();

        Assert.Throws<RequestScopeEndedException>(() => name.GetString());
        name.Dispose();
    }
}
