using Microsoft.Data.Sqlite;
using Redb.Abstractions.Instances;
using Redb.Grains.Journal;
using Redb.Silo.Journal;

namespace Redb.Silo.Tests.Journal;

/// <summary>A data folder with a journal, as one supervisor after the other opens it.</summary>
internal sealed class JournalFolder : IDisposable
{
    public static readonly GroupKey Group = new("alpha", "default");

    public JournalFolder(string? parent = null) =>
        Folder = parent is null
            ? Directory.CreateTempSubdirectory("redb-test-").FullName
            : Directory.CreateDirectory(Path.Combine(parent, $"redb-test-{Guid.NewGuid():n}")).FullName;

    public string Folder { get; }

    public string File => Path.Combine(Folder, "journal.db");

    public JournalOptions Options { get; } =
        new() { RetryInterval = TimeSpan.FromMilliseconds(20), FlushPatience = TimeSpan.FromSeconds(60) };

    public async Task<HostJournal> OpenAsync(TimeProvider? time = null)
    {
        var (journal, refusal) = await TryOpenAsync(time);
        refusal.Should().BeEmpty();
        return journal!;
    }

    public Task<(HostJournal? Journal, string Refusal)> TryOpenAsync(TimeProvider? time = null) =>
        HostJournal.OpenAsync([(Group.Group, Folder)], Options, time ?? TimeProvider.System);

    /// <summary>What stands in the file, asked by somebody else.</summary>
    public string Query(string text)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tests speak SQL in constants.
        command.CommandText = text;
#pragma warning restore CA2100
        using var rows = command.ExecuteReader();
        var lines = new List<string>();
        while (rows.Read())
        {
            lines.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(column => rows.GetValue(column))));
        }

        return string.Join('\n', lines);
    }

    /// <summary>Writes what is wanted of a service.</summary>
    public static void Write(IJournal journal, string service, ServiceMemory memory) =>
        journal.Write(new JournalEntry.OfService(Group.ToService(service), memory, []));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
