using Microsoft.Data.Sqlite;

namespace Redb.Silo.Tests.Journal;

/// <summary>Another program that holds a lock on a journal until it is disposed.</summary>
internal sealed class ForeignLock : IDisposable
{
    private readonly SqliteConnection _connection;

    private ForeignLock(string file, string text)
    {
        _connection = new($"Data Source={file};Pooling=False");
        _connection.Open();
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Two constants of this class.
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Nobody else can write.</summary>
    public static ForeignLock OfWriter(string file) => new(file, "BEGIN IMMEDIATE");

    /// <summary>Nobody else can even read.</summary>
    public static ForeignLock OfAll(string file) =>
        new(file, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT");

    public void Dispose() => _connection.Dispose();
}
