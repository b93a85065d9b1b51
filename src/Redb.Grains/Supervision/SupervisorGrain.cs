using Redb.Abstractions.Supervision;
using Redb.Grains.Hosts;
using Redb.Grains.Journal;

namespace Redb.Grains.Supervision;

/// <summary>Says which supervisor runs on a host, and passes on what is asked of it.</summary>
/// <param name="supervisor">What the silo says of itself.</param>
/// <param name="control">The process.</param>
/// <param name="journal">Says how it fares.</param>
/// <param name="cluster">Says how it stands with the others.</param>
[OnHost]
internal sealed class SupervisorGrain(
    SupervisorView supervisor,
    ISupervisorControl control,
    IJournal journal,
    IClusterStanding cluster
) : Grain, ISupervisorGrain
{
    public Task<SupervisorView> GetViewAsync() =>
        Task.FromResult(supervisor with { Journal = journal.Trouble, Cluster = cluster.Trouble });

    public Task<string> RestartAsync() => control.RestartAsync();

    public Task StopAsync(bool leaveRunning)
    {
        control.Stop(leaveRunning);
        return Task.CompletedTask;
    }
}
