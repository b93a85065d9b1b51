using System.Collections.Immutable;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Supervision;

namespace Redb.Cli.Clients;

/// <summary>Opens a scope over all hosts: out of the directories of the supervisors here, so that no silent host delays it.</summary>
/// <param name="connector">Opens the connections.</param>
/// <param name="time">Clock of the bounds.</param>
internal sealed class ClusterScope(ISupervisorConnector connector, TimeProvider time)
{
    // In a small cluster every group is asked itself; a directory is behind by a few tenths of a second.
    private const int AskedThemselves = 64;

    // Who has not answered by then is shown as the directory knows it.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    // By gateway.
    private readonly Dictionary<string, ISupervisorConnection> _connections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (HostView Host, ISupervisorConnection Connection)> _hosts = new(
        StringComparer.Ordinal
    );

    /// <summary>Asks the supervisors of this machine for the cluster or clusters they are in.</summary>
    /// <param name="supervisors">Those of this machine.</param>
    /// <param name="choice">Which hosts and groups are meant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Scope> OpenAsync(
        ImmutableArray<LocalSupervisor> supervisors,
        ClusterChoice choice,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await ReadAsync(supervisors, choice, cancellationToken);
        }
        catch
        {
            await Scope.CloseAsync(_connections.Values);
            throw;
        }
    }

    private async Task<Scope> ReadAsync(
        ImmutableArray<LocalSupervisor> supervisors,
        ClusterChoice choice,
        CancellationToken cancellationToken
    )
    {
        await AskAllAsync(supervisors, cancellationToken);
        ImmutableArray<HostView> hosts =
        [
            .. _hosts
                .Values.Select(one => one.Host)
                .Where(one => choice.Host is null || one.Host == choice.Host)
                .OrderBy(one => one.Host, StringComparer.Ordinal)
                .ThenBy(one => one.Silo, StringComparer.Ordinal),
        ];
        if (hosts.IsEmpty)
        {
            throw UnknownHost(choice.Host!, _hosts.Values.Select(one => one.Host));
        }

        var (clients, views) = GroupsOf(hosts, choice.Group);
        return new([.. _connections.Values], clients, await FreshAsync(views, clients, cancellationToken))
        {
            Hosts = hosts,
            Here = HereOf(supervisors),
            PrefersHere = choice.PrefersHere,
            AgainAsync = again => ReadAsync(supervisors, choice, again),
        };
    }

    private (ImmutableArray<GroupClient> Clients, ImmutableArray<GroupView> Views) GroupsOf(
        ImmutableArray<HostView> hosts,
        string? group
    )
    {
        var seen = hosts
            .SelectMany(one => one.Groups.Select(view => (one.Silo, View: view)))
            .Where(one => group is null || one.View.Group == group)
            .ToList();
        return seen.Count == 0 && group is not null
            ? throw UnknownGroup(group, hosts)
            : (
                [.. seen.Select(one => new GroupClient(Addressing.KeyOf(one.View), _hosts[one.Silo].Connection, time))],
                [.. seen.Select(one => one.View)]
            );
    }

    // Of a supervisor that a context names only its gateway is known, and nothing of it is here.
    private static ImmutableHashSet<GroupKey> HereOf(ImmutableArray<LocalSupervisor> supervisors) =>
        [
            .. supervisors
                .Where(supervisor => supervisor.Address.Pid > 0)
                .SelectMany(supervisor =>
                    supervisor.Address.Groups.Select(id => new GroupKey(supervisor.Address.Host, id))
                ),
        ];

    private async Task AskAllAsync(ImmutableArray<LocalSupervisor> supervisors, CancellationToken cancellationToken)
    {
        CommandFailure? failure = null;
        _hosts.Clear();
        foreach (var address in supervisors.Select(supervisor => supervisor.Address).Where(one => !IsKnown(one)))
        {
            try
            {
                if (!_connections.TryGetValue(address.Gateway, out var connection))
                {
                    connection = await connector.ConnectAsync(address, cancellationToken);
                    _connections.Add(address.Gateway, connection);
                }

                var directory = GroupClient.Reference<IClusterDirectoryGrain>(connection.Grains, address.Host);
                var cluster = await connection.AskAsync(directory.GetViewAsync, time, cancellationToken);
                foreach (var host in cluster.Hosts)
                {
                    Add(host, connection);
                }
            }
            catch (CommandFailure unavailable)
            {
                // Another one of this machine may know.
                failure = unavailable;
            }
        }

        if (_hosts.Count == 0 && failure is not null)
        {
            throw failure;
        }
    }

    // One supervisor answers for all that are in its cluster.
    private bool IsKnown(SupervisorAddress address) =>
        _hosts.Values.Any(one =>
            one.Host.State == HostState.Up && one.Host.Host == address.Host && one.Host.Pid == address.Pid
        );

    private void Add(HostView host, ISupervisorConnection connection)
    {
        if (!_hosts.TryGetValue(host.Silo, out var known) || known.Host.SilentFor > host.SilentFor)
        {
            _hosts[host.Silo] = (host, connection);
        }
    }

    private async Task<ImmutableArray<GroupView>> FreshAsync(
        ImmutableArray<GroupView> views,
        ImmutableArray<GroupClient> clients,
        CancellationToken cancellationToken
    ) =>
        views.Length > AskedThemselves
            ? views
            :
            [
                .. await Task.WhenAll(
                    views.Zip(clients, (view, client) => FreshAsync(view, client, cancellationToken))
                ),
            ];

    private async Task<GroupView> FreshAsync(GroupView view, GroupClient client, CancellationToken cancellationToken)
    {
        if (view.Phase == GroupPhase.Unknown)
        {
            return view;
        }

        try
        {
            return await client.GetViewAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception silent)
            when (silent is TimeoutException or HostUnreachableException or Orleans.Runtime.OrleansException)
        {
            // Too early to call it silent: what the directory heard last is as good as it gets.
            return view;
        }
    }

    /// <summary>Nobody of the cluster has that name.</summary>
    public static CommandFailure UnknownHost(string host, IEnumerable<HostView> hosts)
    {
        var known = hosts.Select(one => one.Host).Distinct(StringComparer.Ordinal).ToList();
        return new(
            ExitCode.NotFound,
            $"no host '{host}' in the cluster",
            $"the hosts are {string.Join(", ", known)}",
            NearNames.Suggest(host, known) is { } near ? $"did you mean {near}?" : "redbctl hosts"
        );
    }

    private static CommandFailure UnknownGroup(string group, ImmutableArray<HostView> hosts)
    {
        var known = hosts
            .SelectMany(one => one.Groups.Select(view => view.Group))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return new(
            ExitCode.NotFound,
            $"no group '{group}' in the cluster",
            $"the groups are {string.Join(", ", known)}",
            NearNames.Suggest(group, known) is { } near ? $"did you mean -g {near}?" : "redbctl status --all-groups"
        );
    }
}
