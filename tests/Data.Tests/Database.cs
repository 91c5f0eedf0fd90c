using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace LifetimeAnalyzers.Data.Tests;

/// <summary>A real database in memory, with a table of items: number, name, price, picture.</summary>
internal sealed class Database : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public Database(int items)
    {
        _connection.Open();
        Execute("create table items (id integer primary key, name text, price real, picture blob)");
        for (int id = 1; id <= items; id++)
        {
            Execute($"insert into items values ({id}, 'item {id} äöü', {id}.5, {(id % 2 == 0 ? "null" : $"x'{id:x4}'")})");
        }
    }

    public DbDataReader Items() => Query("select id, name, price, picture from items order by id");

    public DbDataReader Query(string sql)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteReader();
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
