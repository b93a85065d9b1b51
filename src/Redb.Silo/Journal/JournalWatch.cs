using System.Collections.Immutable;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Instances;
using Redb.Grains.Planning;

namespace Redb.Silo.Journal;

/// <summary>Tells each group what becomes of its journal: in its events, and so in the log.</summary>
internal sealed class JournalWatch(HostJournal journal, HostPlan host, IGrainFactory grains, TimeProvider time)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(
                journal.Folders.Select(folder => FollowAsync(folder.Journal, folder.Groups, stoppingToken))
            );
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The supervisor ends.
        }
    }

    private async Task FollowAsync(
        FolderJournal folder,
        ImmutableArray<string> groups,
        CancellationToken cancellationToken
    )
    {
        await foreach (var news in folder.News.ReadAllAsync(cancellationToken))
        {
            foreach (var group in host.Groups.Where(group => groups.Contains(group.Key.Group, StringComparer.Ordinal)))
            {
                await grains
                    .GetGrain<IGroupMembers>(group.Key.ToString())
                    .HappenedAsync(
                        new(time.GetUtcNow(), "", EventKind.Warning, news, ServicePhase.Disabled, Run: 0, Detail: "")
                    );
            }
        }
    }
}
