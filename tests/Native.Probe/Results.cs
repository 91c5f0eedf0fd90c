using System.Data;
using LifetimeAnalyzers.Data;

namespace LifetimeAnalyzers.Tests.Native;

/// <summary>Result sets in request memory.</summary>
internal static class Results
{
    public static void Run()
    {
        using var scope = RequestScope.Begin();
        using (var set = BufferedResultSet.Fetch(Rows().CreateDataReader()))
        {
            Check.That(set.Count == 3 && set[1].GetString(1) == "item 1", "a buffered result set holds its rows");
            Check.That(scope.GetUsage() > 0, "they are charged to the request");
        }

        using var unbuffered = new UnbufferedResultSet(Rows().CreateDataReader());
        long sum = 0;
        while (unbuffered.Read(out ResultRow row))
        {
            sum += row.GetInt64(0);
        }

        Check.That(sum == 3, "an unbuffered one is read row by row");
    }

    private static DataTable Rows()
    {
        var table = new DataTable();
        table.Columns.Add("id", typeof(long));
        table.Columns.Add("name", typeof(string));
        for (long id = 0; id < 3; id++)
        {
            table.Rows.Add(id, $"item {id}");
        }

        return table;
    }
}
