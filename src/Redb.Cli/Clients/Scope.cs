using System.Collections.Immutable;
using Redb.Abstractions.Instances;

namespace Redb.Cli.Clients;

/// <summary>The groups one command may speak about, with their views at its beginning. Owns the connections.</summary>
internal sealed class Scope : IAsyncDisposable
{
    private readonly ImmutableArray<ISupervisorConnection> _connections;

    private Scope(
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
                        .Select(id => new GroupClient(new(address.Host, id), connection.Grains, time))
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

    private static async ValueTask CloseAsync(IEnumerable<ISupervisorConnection> connections)
    {
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }
}
