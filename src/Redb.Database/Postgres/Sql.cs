using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Redb.Database.Postgres;

/// <summary>Statements with parameters <c>$1</c>, <c>$2</c> and so on. Names that cannot be parameters go through <see cref="Quoted"/>.</summary>
internal static class Sql
{
    // PostgreSQL cuts longer names off without a word.
    private const int MostBytes = 63;

    /// <summary>A name as it stands in a statement.</summary>
    public static string Quoted(string name)
    {
        using var builder = new NpgsqlCommandBuilder();
        return builder.QuoteIdentifier(name);
    }

    /// <summary>Whether PostgreSQL takes a name as it is.</summary>
    public static bool IsLegalName(string name) =>
        name.Length > 0
        && System.Text.Encoding.UTF8.GetByteCount(name) <= MostBytes
        && !name.Contains('\0', StringComparison.Ordinal);

    /// <summary>Runs a statement and returns how many rows it changed.</summary>
    public static async Task<int> ExecuteAsync(
        this NpgsqlConnection connection,
        string text,
        CancellationToken token,
        params object?[] values
    )
    {
        await using var command = Command(connection, text, values);
        return await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>The first column of the first row; null where there is none.</summary>
    public static async Task<object?> ScalarAsync(
        this NpgsqlConnection connection,
        string text,
        CancellationToken token,
        params object?[] values
    )
    {
        await using var command = Command(connection, text, values);
        return await command.ExecuteScalarAsync(token) is { } value and not DBNull ? value : null;
    }

    /// <summary>Every row.</summary>
    public static async Task<List<T>> RowsAsync<T>(
        this NpgsqlConnection connection,
        string text,
        Func<NpgsqlDataReader, T> read,
        CancellationToken token,
        params object?[] values
    )
    {
        await using var command = Command(connection, text, values);
        await using var reader = await command.ExecuteReaderAsync(token);
        var rows = new List<T>();
        while (await reader.ReadAsync(token))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    [SuppressMessage(
        "Security",
        "CA2100",
        Justification = "The text is written in this project; values are parameters, and names are quoted."
    )]
    private static NpgsqlCommand Command(NpgsqlConnection connection, string text, object?[] values)
    {
        var command = new NpgsqlCommand(text, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }
}
