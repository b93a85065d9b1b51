using Redb.Abstractions.Hosts;

namespace Redb.Silo.Cluster;

/// <summary>
/// Sees to the membership before a silo joins it: declares those dead that are gone, since nobody need find that out by waiting, and stays away from a
/// host that has its name and is another one. Gone are those of its own host whose process is, and others that neither gave a sign of life nor can be reached.
/// </summary>
internal sealed partial class JoinPreparation(
    IMembershipTable table,
    SiloIdentity self,
    GroupClaims claims,
    TimeProvider time,
    ILogger<JoinPreparation> logger
) : ILifecycleParticipant<ISiloLifecycle>
{
    // Others change the table at the same time; each of them is done after one change or two.
    private const int Attempts = 20;

    // A host that is switched off refuses nothing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public void Participate(ISiloLifecycle lifecycle) =>
        // Just before the silo reads the membership for the first time.
        lifecycle.Subscribe(
            nameof(JoinPreparation),
            ServiceLifecycleStage.RuntimeGrainServices - 1,
            cancellationToken => PrepareAsync(cancellationToken)
        );

    /// <summary>Does it.</summary>
    /// <exception cref="ClusterException">The silo must not join.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await table.InitializeMembershipTableAsync(true, cancellationToken);
        var silent = await SilentAsync(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var members = await table.ReadAllAsync(cancellationToken);
            if (JoinRules.Namesake(self, members, time.GetUtcNow()) is { } other)
            {
                throw new ClusterException(
                    $"another host of this cluster is called {self.Host}, too: id {other.Identity.HostId} at {other.Silo}, and this one is {self.HostId}\n  give one of them another cluster.host_name"
                );
            }

            if ((JoinRules.Gone(self, members, claims.IsGone) ?? JoinRules.Among(members, silent)) is not { } gone)
            {
                return;
            }

            if (!await RetireAsync(gone, members.Version, cancellationToken) && attempt == Attempts)
            {
                throw new ClusterException(
                    $"the membership of the cluster changes all the time: {attempt} attempts to declare {gone.Item1.SiloAddress} dead came too late\n  start again"
                );
            }
        }
    }

    private async Task<IReadOnlySet<SiloAddress>> SilentAsync(CancellationToken cancellationToken)
    {
        var reach = new Reach(guard: null, Patience, time);
        var stale = JoinRules.Stale(self, await table.ReadAllAsync(cancellationToken), time.GetUtcNow());
        var answers = await Task.WhenAll(
            stale.Select(async silo =>
                (Silo: silo, Trouble: await reach.TroubleAsync(silo.Endpoint, cancellationToken))
            )
        );
        return answers.Where(answer => answer.Trouble.Length > 0).Select(answer => answer.Silo).ToHashSet();
    }

    private async Task<bool> RetireAsync(
        Tuple<MembershipEntry, string> gone,
        TableVersion version,
        CancellationToken cancellationToken
    )
    {
        var (entry, etag) = gone;
        entry.Status = SiloStatus.Dead;
        if (!await table.UpdateRowAsync(entry, etag, version.Next(), cancellationToken))
        {
            return false;
        }

        LogRetired(entry.SiloName, entry.SiloAddress);
        return true;
    }

    [LoggerMessage(1301, LogLevel.Information, "{Name} at {Silo} is gone: declared dead")]
    private partial void LogRetired(string name, SiloAddress silo);
}
