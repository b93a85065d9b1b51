using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Redb.Silo.Cluster;

/// <summary>The SQLite file in which the silos of one machine find each other: one connection, used by one caller at a time.</summary>
internal sealed class MembershipFile : IDisposable
{
    // "REDB": tells our file from any other that happens to be a database.
    private const long Application = 0x52454442;
    private const long Version = 1;

    private const string Schema = """
        CREATE TABLE version (cluster TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE silo (
          cluster TEXT NOT NULL, address TEXT NOT NULL, etag INTEGER NOT NULL, status INTEGER NOT NULL,
          name TEXT NOT NULL, host TEXT NOT NULL, proxy_port INTEGER NOT NULL, suspects TEXT NOT NULL,
          started_at TEXT NOT NULL, alive_at TEXT NOT NULL,
          PRIMARY KEY (cluster, address)) STRICT, WITHOUT ROWID;
        """;

    private readonly SqliteConnection _connection;

    private MembershipFile(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="patience">Longest wait for others who write to it.</param>
    /// <exception cref="ClusterException">It is damaged, somebody else's, or of a newer version.</exception>
    public static MembershipFile Open(string path, TimeSpan patience)
    {
        try
        {
            ClusterFolder.CreateForOwner(path);
            var file = new MembershipFile(Connect(path, patience));
            try
            {
                file.Prepare(path);
                return file;
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new ClusterException(
                $"the membership file {path} cannot be used: {failure.Message}\n  it holds nothing but which supervisors run now: stop those of this host (their services may run on), delete it with its -wal and -shm, and start again",
                failure
            );
        }
    }

    /// <summary>Begins a transaction that reads one state of the file.</summary>
    public SqliteTransaction Read() => _connection.BeginTransaction(deferred: true);

    /// <summary>Begins a transaction that no other writer gets in between.</summary>
    public SqliteTransaction Write() => _connection.BeginTransaction(deferred: false);

    /// <summary>A statement with parameters <c>$1</c>, <c>$2</c> and so on.</summary>
    public SqliteCommand Command(string text, params ReadOnlySpan<object> values)
    {
        var command = _connection.CreateCommand();
        // Statements of this folder, never values.
#pragma warning disable CA2100
        command.CommandText = text;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i + 1}"), values[i]);
        }

        return command;
    }

    /// <summary>Runs a statement; the number of rows it changed.</summary>
    public int Execute(string text, params ReadOnlySpan<object> values)
    {
        using var command = Command(text, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row; null without one.</summary>
    public object? Scalar(string text, params ReadOnlySpan<object> values)
    {
        using var command = Command(text, values);
        return command.ExecuteScalar();
    }

    public void Dispose() => _connection.Dispose();

    private static SqliteConnection Connect(string path, TimeSpan patience)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = (int)Math.Ceiling(patience.TotalSeconds),
            }.ToString()
        );
        connection.Open();
        return connection;
    }

    private void Prepare(string path)
    {
        // SQLite's own waiting asks again within milliseconds; that of the library only every 150.
        // What a power cut takes back is only who was there before it.
        Execute("PRAGMA busy_timeout = 2000; PRAGMA synchronous = NORMAL");
        // In one transaction: another supervisor may be making the file at this moment.
        using (Read())
        {
            if (IsOurs(path))
            {
                return;
            }
        }

        Execute("PRAGMA journal_mode = WAL");
        using var transaction = Write();
        if (!IsOurs(path))
        {
            Execute(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Schema} PRAGMA application_id = {Application}; PRAGMA user_version = {Version};"
                )
            );
        }

        transaction.Commit();
    }

    private bool IsOurs(string path)
    {
        var (application, version) = ((long)Scalar("PRAGMA application_id")!, (long)Scalar("PRAGMA user_version")!);
        if (application == Application && version == Version)
        {
            return true;
        }

        if (application == Application)
        {
            throw new ClusterException(
                $"the membership file {path} is of version {version}, this supervisor knows version {Version}\n  the supervisors of one host are of one version: stop the others, or choose another cluster.directory"
            );
        }

        if (application != 0 || (long)Scalar("SELECT count(*) FROM sqlite_schema")! > 0)
        {
            throw new ClusterException(
                $"{path} is a database of another program\n  choose another cluster.directory, or move the file away"
            );
        }

        return false;
    }
}
