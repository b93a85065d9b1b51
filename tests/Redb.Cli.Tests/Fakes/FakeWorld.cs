using System.Collections.Concurrent;
using System.Collections.Immutable;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Mesh;

namespace Redb.Cli.Tests.Fakes;

/// <summary>The groups the fake grains of one cluster speak for; every test uses its own group.</summary>
public sealed class FakeWorld
{
    private readonly ConcurrentDictionary<string, FakeGroup> _groups = new(StringComparer.Ordinal);

    /// <summary>By host: what keeps the journal of its supervisor from being written.</summary>
    internal ConcurrentDictionary<string, string> JournalTroubles { get; } = new(StringComparer.Ordinal);

    /// <summary>Meshes by their names.</summary>
    internal ConcurrentDictionary<string, MeshView> Meshes { get; } = new(StringComparer.Ordinal);

    /// <summary>Mesh nodes by the keys of their groups.</summary>
    internal ConcurrentDictionary<string, MeshLinksView> Links { get; } = new(StringComparer.Ordinal);

    /// <summary>By host: what keeps its supervisor from other hosts.</summary>
    internal ConcurrentDictionary<string, string> ClusterTroubles { get; } = new(StringComparer.Ordinal);

    internal FakeGroup Add(FakeGroup group) => _groups[Key(group.View)] = group;

    internal FakeGroup Get(string key) => _groups[key];

    /// <summary>By the host that is asked: the hosts of its cluster; by default only itself.</summary>
    internal ConcurrentDictionary<string, ImmutableArray<HostView>> Clusters { get; } = new(StringComparer.Ordinal);

    internal ImmutableArray<HostView> ClusterOf(string host) =>
        Clusters.TryGetValue(host, out var hosts)
            ? [.. hosts.Select(WithGroups)]
            :
            [
                WithGroups(
                    new()
                    {
                        Host = host,
                        Silo = host,
                        State = HostState.Up,
                    }
                ),
            ];

    // A host that was given no groups has those that the tests made for it.
    private HostView WithGroups(HostView host) =>
        host.Groups.IsEmpty
            ? host with
            {
                Groups =
                [
                    .. _groups
                        .Values.Select(group => group.View)
                        .Where(view => view.Host == host.Host)
                        .OrderBy(view => view.Group, StringComparer.Ordinal),
                ],
            }
            : host;

    private static string Key(GroupView view) => new GroupKey(view.Host, view.Group).ToString();
}
