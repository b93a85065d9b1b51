using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Redb.Database.Failures;
using Redb.Database.Files;
using Redb.Database.Schema;

namespace Redb.Database.Embedded;

/// <summary>The file of the embedded provider. Its version is SQLite's own <c>user_version</c>, as the journal's is: a number in the file
/// that one transaction changes together with the tables, which a table of script names would only repeat.</summary>
internal sealed class EmbeddedFile(string path, TimeSpan timeout)
{
    private const string Folder = "Embedded";

    // SQLITE_FULL, SQLITE_BUSY.
    private const int Full = 13;
    private const int Busy = 5;

    private readonly IReadOnlyList<(string Name, string Text)> _scripts = Script.In(Folder);

    /// <summary>Does something with the file, and turns what the world refuses into a value.</summary>
    /// <param name="what">What fails when it does.</param>
    /// <param name="mayCreate">Whether a file that is not there is made.</param>
    /// <param name="ask">What is done.</param>
    public Answer<T> Ask<T>(string what, bool mayCreate, Func<SqliteConnection, Answer<T>> ask)
    {
        try
        {
            if (!File.Exists(path))
            {
                if (!mayCreate)
                {
                    return NotInitialized(what, $"{path} is not there");
                }

                Create();
            }

            using var connection = Open();
            return ask(connection);
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            return Describe(what, failure);
        }
    }

    /// <summary>What is wrong with the tables; null when they are those of this version.</summary>
    public DatabaseFailure? FindFault(SqliteConnection connection, string what)
    {
        var version = Version(connection);
        return version > _scripts.Count
                ? new(
                    DatabaseFailureKind.Unfit,
                    what,
                    $"{path} was made by a newer redb-supervisor",
                    "use that version, or another data folder"
                )
            : version < _scripts.Count ? NotInitialized(what, $"{path} is not complete")
            : null;
    }

    /// <summary>Makes the tables of this version, all in one transaction.</summary>
    public void Upgrade(SqliteConnection connection)
    {
        Execute(connection, "BEGIN IMMEDIATE");
        foreach (var (_, text) in _scripts.Skip((int)Version(connection)))
        {
            Execute(connection, text);
        }

        Execute(
            connection,
            string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {_scripts.Count}; COMMIT")
        );
    }

    [SuppressMessage(
        "Security",
        "CA2100",
        Justification = "The text is written in this project; values are parameters."
    )]
    public static SqliteCommand Command(SqliteConnection connection, string text, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i + 1}"), values[i]);
        }

        return command;
    }

    public static int Execute(SqliteConnection connection, string text, params ReadOnlySpan<object> values)
    {
        using var command = Command(connection, text, values);
        return command.ExecuteNonQuery();
    }

    private static long Version(SqliteConnection connection)
    {
        using var command = Command(connection, "PRAGMA user_version");
        return (long)command.ExecuteScalar()!;
    }

    private void Create()
    {
        OwnerFiles.CreateFolder(Path.GetDirectoryName(path)!);
        OwnerFiles.Create(path, FileMode.OpenOrCreate).Dispose();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = (int)Math.Ceiling(timeout.TotalSeconds),
            }.ToString()
        );
        try
        {
            connection.Open();
            // An identity is written once and has to be there after a power cut.
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static DatabaseFailure NotInitialized(string what, string cause) =>
        new(DatabaseFailureKind.NotInitialized, what, cause, "run redb-supervisor --initialize");

    private DatabaseFailure Describe(string what, Exception failure) =>
        failure switch
        {
            SqliteException { SqliteErrorCode: Full } => new(
                DatabaseFailureKind.Full,
                what,
                $"no room for {path}",
                "make room on that disk, then run the same command again; nothing was lost"
            ),
            SqliteException { SqliteErrorCode: Busy } => new(
                DatabaseFailureKind.TimedOut,
                what,
                $"another program holds {path}",
                "end that program, then run the same command again"
            ),
            SqliteException damaged => new(
                DatabaseFailureKind.Unfit,
                what,
                $"{path}: {damaged.Message}",
                "it was left as it is: restore it from a backup, or move it away and initialize this node anew"
            ),
            _ => new(
                DatabaseFailureKind.Rights,
                what,
                failure.Message,
                "see that the data folder is writable, or choose another with --data-dir"
            ),
        };
}
