using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Supervision;
using Redb.Grains.Journal;

namespace Redb.Silo.Journal;

/// <summary>The journal of this supervisor: each group's memory stands in the journal of its own data folder.</summary>
/// <remarks>A journal knows groups by their ids alone: a host that gets another name keeps its memory.</remarks>
internal sealed class HostJournal : IJournal, IAsyncDisposable
{
    private readonly ImmutableDictionary<string, FolderJournal> _folders;
    private readonly ImmutableDictionary<string, FolderJournal> _byGroup;

    private HostJournal(
        ImmutableDictionary<string, FolderJournal> folders,
        IEnumerable<(string Group, string Folder)> groups
    )
    {
        _folders = folders;
        _byGroup = groups.ToImmutableDictionary(
            group => group.Group,
            group => folders[group.Folder],
            StringComparer.Ordinal
        );
    }

    public string Trouble =>
        string.Join("; ", _folders.Values.Select(folder => folder.Trouble).Where(trouble => trouble.Length > 0));

    /// <summary>The journals, each with the groups it is about.</summary>
    public IEnumerable<(FolderJournal Journal, ImmutableArray<string> Groups)> Folders =>
        _folders.Values.Select(folder =>
            (folder, _byGroup.Where(group => group.Value == folder).Select(group => group.Key).ToImmutableArray())
        );

    /// <summary>Opens the journals of all data folders.</summary>
    /// <param name="groups">The groups, each with its data folder; this process holds the folders.</param>
    /// <param name="options">Settings.</param>
    /// <param name="time">Clock.</param>
    /// <returns>The journal, or the sentence that says why nothing is to be started.</returns>
    public static async Task<(HostJournal? Journal, string Refusal)> OpenAsync(
        IReadOnlyCollection<(string Group, string Folder)> groups,
        JournalOptions options,
        TimeProvider time
    )
    {
        var folders = ImmutableDictionary.CreateBuilder<string, FolderJournal>(StringComparer.Ordinal);
        foreach (var folder in groups.Select(group => group.Folder).Distinct(StringComparer.Ordinal))
        {
            var (journal, refusal) = FolderJournal.Open(folder, options, time);
            if (journal is null)
            {
                await CloseAsync(folders.Values);
                return (null, refusal);
            }

            folders.Add(folder, journal);
        }

        return (new(folders.ToImmutable(), groups), "");
    }

    public ServiceMemory? Recall(ServiceKey service) =>
        _byGroup.GetValueOrDefault(service.Group)?.Recall(service.Group, service.Service);

    public GroupMemory? Recall(GroupKey group) => _byGroup.GetValueOrDefault(group.Group)?.Recall(group.Group);

    public ImmutableArray<SupervisorEvent> RecallEvents(GroupKey group, int count) =>
        _byGroup.GetValueOrDefault(group.Group)?.RecallEvents(group.Group, count) ?? [];

    // Not on the caller's turn: a slow disk is to keep nobody but the one who asks.
    public Task<ImmutableArray<SupervisorEvent>> ReadEventsAsync(GroupKey group, long before, int count) =>
        Task.Run(() => _byGroup.GetValueOrDefault(group.Group)?.ReadEvents(group.Group, before, count) ?? []);

    public void Write(JournalEntry entry) => _byGroup.GetValueOrDefault(entry.Group.Group)?.Write(entry);

    public async ValueTask FlushAsync()
    {
        foreach (var folder in _folders.Values)
        {
            await folder.FlushAsync();
        }
    }

    public ValueTask DisposeAsync() => CloseAsync(_folders.Values);

    private static async ValueTask CloseAsync(IEnumerable<FolderJournal> folders) =>
        await Task.WhenAll(folders.Select(folder => folder.DisposeAsync().AsTask()));
}
