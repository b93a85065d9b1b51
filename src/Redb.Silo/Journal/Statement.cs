using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Redb.Silo.Journal;

/// <summary>A prepared statement with parameters <c>$1</c>, <c>$2</c> and so on.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    [SuppressMessage(
        "Security",
        "CA2100",
        Justification = "The text is built from names in this folder, never from values."
    )]
    public Statement(SqliteConnection connection, string text, int parameters = 0)
    {
        _command = connection.CreateCommand();
        _command.CommandText = text;
        for (var i = 1; i <= parameters; i++)
        {
            // Of a type for which null is right too; the value's own type decides when it is bound.
            _command.Parameters.Add(new SqliteParameter($"${i}", DBNull.Value));
        }

        _command.Prepare();
    }

    /// <summary>A statement that inserts a row, or replaces what the row of the same key says in the other columns.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="table">Which table.</param>
    /// <param name="keys">How many of the columns are its key; they come first.</param>
    /// <param name="columns">Its columns, in the order of the values.</param>
    public static Statement Upsert(SqliteConnection connection, string table, int keys, params string[] columns)
    {
        var places = string.Join(", ", Enumerable.Range(1, columns.Length).Select(place => $"${place}"));
        var updates = string.Join(", ", columns.Skip(keys).Select(column => $"{column} = excluded.{column}"));
        return new(
            connection,
            $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({places}) ON CONFLICT ({string.Join(", ", columns.Take(keys))}) DO UPDATE SET {updates}",
            columns.Length
        );
    }

    /// <summary>Runs it once.</summary>
    public void Execute(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();
}
