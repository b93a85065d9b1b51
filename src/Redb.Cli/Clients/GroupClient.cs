using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Logs;
using Redb.Abstractions.Mesh;
using Redb.Abstractions.Supervision;

namespace Redb.Cli.Clients;

/// <summary>Talks to the grains of one group; every call is bounded by <see cref="AnswerBound"/>, and every stream ends with the connection.</summary>
/// <param name="key">The group.</param>
/// <param name="connection">Connection to its supervisor.</param>
/// <param name="time">Clock of the bound.</param>
internal sealed class GroupClient(GroupKey key, ISupervisorConnection connection, TimeProvider time)
{
    private readonly IInstanceGroupGrain _group = Reference<IInstanceGroupGrain>(connection.Grains, key.ToString());

    private ISupervisorGrain Supervisor => Reference<ISupervisorGrain>(connection.Grains, Key.ToString());

    /// <summary>The group it talks to.</summary>
    public GroupKey Key { get; } = key;

    /// <summary>Reads the group as it stands.</summary>
    public Task<GroupView> GetViewAsync(CancellationToken cancellationToken) =>
        connection.AskAsync(_group.GetViewAsync, time, cancellationToken);

    /// <summary>Reads the supervisor of the group.</summary>
    public Task<SupervisorView> GetSupervisorAsync(CancellationToken cancellationToken) =>
        connection.AskAsync(Supervisor.GetViewAsync, time, cancellationToken);

    /// <summary>Asks the supervisor to replace itself; the answer is empty, or says why it does not.</summary>
    public Task<string> RestartSupervisorAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        Reference<ISupervisorGrain>(connection.Grains, Key.ToString())
            .RestartAsync()
            .WaitAsync(limit, time, cancellationToken);

    /// <summary>Asks the supervisor to end.</summary>
    public Task StopSupervisorAsync(bool leaveRunning, CancellationToken cancellationToken) =>
        connection.AskAsync(() => Supervisor.StopAsync(leaveRunning), time, cancellationToken);

    /// <summary>Reads the peers and sessions of the group's mesh node.</summary>
    public Task<MeshLinksView> GetLinksAsync(CancellationToken cancellationToken) =>
        connection.AskAsync(
            Reference<IMeshNodeGrain>(connection.Grains, Key.ToString()).GetLinksAsync,
            time,
            cancellationToken
        );

    /// <summary>Reads a mesh that the group's cluster knows.</summary>
    public Task<MeshView> GetMeshAsync(string name, CancellationToken cancellationToken) =>
        Reference<IMeshGrain>(connection.Grains, name)
            .GetViewAsync()
            .WaitAsync(AnswerBound.Value, time, cancellationToken);

    /// <summary>Asks for a change of services; none means the whole group. With force also on a host that is cordoned.</summary>
    public Task<CommandResult> ChangeAsync(
        Operations.Change change,
        ImmutableArray<string> services,
        bool force,
        CancellationToken cancellationToken
    ) =>
        connection.AskAsync(
            () =>
                change switch
                {
                    Operations.Change.Start => _group.StartAsync(services, force),
                    Operations.Change.Stop => _group.StopAsync(services),
                    Operations.Change.Retry => _group.RetryAsync(services, force),
                    _ => _group.RestartAsync(services, force),
                },
            time,
            cancellationToken
        );

    /// <summary>Every view from now on.</summary>
    public IAsyncEnumerable<GroupView> WatchAsync(CancellationToken cancellationToken) =>
        _group.WatchAsync(cancellationToken).UntilAsync(connection.Lost, cancellationToken);

    /// <summary>Events after a sequence number.</summary>
    public IAsyncEnumerable<SupervisorEvent> ReadEventsAsync(
        long after,
        bool follow,
        CancellationToken cancellationToken
    ) => _group.ReadEventsAsync(after, follow, cancellationToken).UntilAsync(connection.Lost, cancellationToken);

    /// <summary>Events before a sequence number, from the journal; none when there are no older ones.</summary>
    public Task<ImmutableArray<SupervisorEvent>> ReadOlderEventsAsync(
        long before,
        int count,
        CancellationToken cancellationToken
    ) => connection.AskAsync(() => _group.ReadOlderEventsAsync(before, count), time, cancellationToken);

    /// <summary>Lines of one service's log.</summary>
    public IAsyncEnumerable<LogLine> ReadLogAsync(LogQuery query, CancellationToken cancellationToken) =>
        Reference<ILogGrain>(connection.Grains, Key.ToString())
            .ReadAsync(query, cancellationToken)
            .UntilAsync(connection.Lost, cancellationToken);

    /// <summary>Asks that its host be cordoned, or not any more with null.</summary>
    public Task CordonAsync(string? reason, CancellationToken cancellationToken) =>
        connection.AskAsync(() => _group.CordonAsync(reason), time, cancellationToken);

    /// <summary>A grain of the supervisor.</summary>
    public static TGrain Reference<TGrain>(IGrainFactory grains, string key)
        where TGrain : IGrainWithStringKey
    {
        try
        {
            return grains.GetGrain<TGrain>(key);
        }
        catch (ArgumentException error)
        {
            // How Orleans says that no silo of the cluster has such a grain.
            throw new CommandFailure(
                ExitCode.Unavailable,
                "the supervisor is of another version",
                error.Message,
                "redbctl version; use the redbctl that came with the supervisor"
            );
        }
    }
}
