using Microsoft.Data.Sqlite;
using Redb.Silo.Processes;

namespace Redb.Silo.Journal;

/// <summary>The open file: one connection for the one thread that writes. Its methods throw what SQLite throws.</summary>
internal sealed class JournalFile : IDisposable
{
    private readonly string _path;
    private readonly JournalOptions _options;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, int> _sinceTrim = new(StringComparer.Ordinal);
    private readonly Lazy<JournalRows> _rows;
    private readonly Lazy<(Statement Begin, Statement Commit)> _transaction;
    private bool _isSettled;

    private JournalFile(string path, JournalOptions options, SqliteOpenMode mode)
    {
        _path = path;
        _options = options;
        _connection = new(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = (int)Math.Ceiling(options.BusyTimeout.TotalSeconds),
            }.ToString()
        );
        _rows = new(() => new JournalRows(_connection));
        _transaction = new(() => (new(_connection, "BEGIN IMMEDIATE"), new(_connection, "COMMIT")));
    }

    /// <summary>Whether this boot stands in the file.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>Opens the file, or creates it.</summary>
    public static JournalFile Open(string path, JournalOptions options)
    {
        var file = new JournalFile(path, options, SqliteOpenMode.ReadWriteCreate);
        try
        {
            file._connection.Open();
            // The death of the process loses nothing without a sync for each commit, and that of the machine ends every run anyway.
            // Moving the log into the file is ours, at a time when nobody waits.
            file.Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0");
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file that another connection writes.</summary>
    public static JournalFile OpenToRead(string path, JournalOptions options)
    {
        var file = new JournalFile(path, options, SqliteOpenMode.ReadOnly);
        try
        {
            file._connection.Open();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The version of its tables; 0 for an empty file.</summary>
    public long Version() => (long)Scalar("PRAGMA user_version")!;

    public void Migrate() => JournalSchema.Migrate(_connection, Version());

    /// <summary>What is wrong inside the file; empty when it is sound.</summary>
    public string FindDamage() => Scalar("PRAGMA quick_check(1)") is string and not "ok" and var damage ? damage : "";

    public JournalReader Reader() => new(_connection);

    /// <summary>Writes a batch: all of it or nothing.</summary>
    public void Write(JournalBatch batch)
    {
        var (begin, commit) = _transaction.Value;
        var rows = _rows.Value;
        begin.Execute();
        if (!IsBegun)
        {
            rows.WriteOpening(BootId.Current);
        }

        foreach (var (key, memory) in batch.Services)
        {
            rows.Write(key, memory);
        }

        foreach (var (key, row) in batch.Runs)
        {
            rows.Write(key, row, _options.KeptRuns);
        }

        foreach (var (group, memory) in batch.Groups)
        {
            rows.Write(group, memory);
        }

        foreach (var (group, happened) in batch.Events)
        {
            rows.Write(group, happened);
            TrimIfDue(rows, group);
        }

        commit.Execute();
        IsBegun = true;
    }

    /// <summary>Moves the write-ahead log into the file once it is long, and after the first batch: then the file tells of this boot.</summary>
    public void CheckpointIfDue()
    {
        var log = new FileInfo(_path + "-wal");
        if (log.Exists && (!_isSettled || log.Length >= _options.CheckpointBytes))
        {
            Run("PRAGMA wal_checkpoint(TRUNCATE)");
            _isSettled = true;
        }
    }

    public void Dispose()
    {
        if (_rows.IsValueCreated)
        {
            _rows.Value.Dispose();
        }

        if (_transaction.IsValueCreated)
        {
            _transaction.Value.Begin.Dispose();
            _transaction.Value.Commit.Dispose();
        }

        _connection.Dispose();
    }

    private void TrimIfDue(JournalRows rows, string group)
    {
        var count = _sinceTrim.GetValueOrDefault(group, _options.EventTrim) + 1;
        if (count > _options.EventTrim)
        {
            rows.TrimEvents(group, _options.KeptEvents);
            count = 0;
        }

        _sinceTrim[group] = count;
    }

    private void Run(string text)
    {
        using var statement = new Statement(_connection, text);
        statement.Execute();
    }

    private object? Scalar(string text)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this class.
        command.CommandText = text;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
