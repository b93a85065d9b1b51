using System.Collections.Immutable;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;

namespace Redb.Cli.Clients;

/// <summary>The groups one command may speak about, with their views at its beginning. Owns the connections.</summary>
internal sealed class Scope : IAsyncDisposable
{
    private readonly ImmutableArray<ISupervisorConnection> _connections;

    /// <summary>Speaks about groups over connections that it owns from then on.</summary>
    public Scope(
        ImmutableArray<ISupervisorConnection> connections,
        ImmutableArray<GroupClient> clients,
        ImmutableArray<GroupView> views
    )
    {
        _connections = connections;
        Clients = clients;
        Views = views;
    }

    /// <summary>One client per group.</summary>
    public ImmutableArray<GroupClient> Clients { get; }

    /// <summary>The views of the groups, in the order of <see cref="Clients"/>.</summary>
    public ImmutableArray<GroupView> Views { get; }

    /// <summary>The supervisors of the cluster; empty in a scope of groups of this machine.</summary>
    public ImmutableArray<HostView> Hosts { get; init; } = [];

    /// <summary>The groups of this machine, in a scope over the cluster.</summary>
    public ImmutableHashSet<GroupKey> Here { get; init; } = [];

    /// <summary>Whether a name without a host means a group of this machine, where there is one.</summary>
    public bool PrefersHere { get; init; }

    /// <summary>Asks the directories again, over the same connections; null in a scope of groups of this machine.</summary>
    public Func<CancellationToken, Task<Scope>>? AgainAsync { get; init; }

    /// <summary>What tells a group from the others of the scope, with a slash at its end: nothing, its name, or its host and its name.</summary>
    public string PrefixOf(GroupKey key) =>
        Views.Length == 1 ? ""
        : Views.All(view => view.Host == key.Host) ? $"{key.Group}/"
        : $"{key}/";

    /// <summary>Has the cluster forget what is not there any more of a host.</summary>
    /// <returns>How many supervisors were forgotten.</returns>
    public async Task<int> ForgetAsync(string host, CancellationToken cancellationToken)
    {
        var forgotten = 0;
        foreach (var connection in _connections)
        {
            var directory = GroupClient.Reference<IClusterDirectoryGrain>(connection.Grains, host);
            forgotten += await connection.AskAsync(
                () => directory.ForgetAsync(host),
                TimeProvider.System,
                cancellationToken
            );
        }

        return forgotten;
    }

    /// <summary>The client of a group in the scope.</summary>
    public GroupClient ClientOf(GroupKey key) => Clients.First(client => client.Key == key);

    /// <summary>The view of a group in the scope.</summary>
    public GroupView ViewOf(GroupKey key) => Views.First(view => Addressing.KeyOf(view) == key);

    /// <summary>Connects to supervisors and reads their groups.</summary>
    /// <param name="connector">Opens the connections.</param>
    /// <param name="supervisors">Whom to talk to.</param>
    /// <param name="group">Only this group; null for all.</param>
    /// <param name="time">Clock of the bounds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Scope> OpenAsync(
        ISupervisorConnector connector,
        ImmutableArray<LocalSupervisor> supervisors,
        string? group,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var connections = ImmutableArray.CreateBuilder<ISupervisorConnection>();
        try
        {
            var clients = ImmutableArray.CreateBuilder<GroupClient>();
            foreach (var address in supervisors.Select(supervisor => supervisor.Address))
            {
                var connection = await connector.ConnectAsync(address, cancellationToken);
                connections.Add(connection);
                clients.AddRange(
                    address
                        .Groups.Where(id => group is null || string.Equals(id, group, StringComparison.Ordinal))
                        .Select(id => new GroupClient(new(address.Host, id), connection, time))
                );
            }

            var views = await Task.WhenAll(clients.Select(client => client.GetViewAsync(cancellationToken)));
            return new(connections.ToImmutable(), clients.ToImmutable(), [.. views]);
        }
        catch
        {
            await CloseAsync(connections);
            throw;
        }
    }

    public ValueTask DisposeAsync() => CloseAsync(_connections);

    /// <summary>Closes connections.</summary>
    public static async ValueTask CloseAsync(IEnumerable<ISupervisorConnection> connections)
    {
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }
}
