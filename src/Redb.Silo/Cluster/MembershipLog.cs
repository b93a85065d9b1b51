using Redb.Abstractions.Hosts;

namespace Redb.Silo.Cluster;

/// <summary>Tells of supervisors that join the cluster and of those that are gone, as this one learns of it.</summary>
internal sealed partial class MembershipLog(
    IClusterMembershipService membership,
    SiloIdentity self,
    ClusterAccess access,
    ILogger<MembershipLog> logger
) : BackgroundService
{
    private readonly Dictionary<SiloAddress, string> _known = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (access is { IsIsland: false, First.Words: { Length: > 0 } words })
        {
            LogClock(words);
        }

        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
            {
                Compare(snapshot);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The supervisor ends.
        }
    }

    private void Compare(ClusterMembershipSnapshot snapshot)
    {
        var active = snapshot
            .Members.Values.Where(member => member.Status == SiloStatus.Active && member.Name != self.Name)
            .ToDictionary(member => member.SiloAddress, member => member.Name);
        foreach (var gone in _known.Keys.Where(silo => !active.ContainsKey(silo)).ToList())
        {
            LogGone(_known[gone], gone);
            _known.Remove(gone);
        }

        foreach (var (silo, name) in active.Where(member => _known.TryAdd(member.Key, member.Value)))
        {
            LogJoined(name, silo);
        }
    }

    [LoggerMessage(1309, LogLevel.Warning, "{Words}")]
    private partial void LogClock(string words);

    [LoggerMessage(1307, LogLevel.Information, "cluster: {Name} at {Silo} is a member")]
    private partial void LogJoined(string name, SiloAddress silo);

    [LoggerMessage(1308, LogLevel.Information, "cluster: {Name} at {Silo} is gone")]
    private partial void LogGone(string name, SiloAddress silo);
}
