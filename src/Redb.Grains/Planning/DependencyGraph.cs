using System.Collections.Frozen;
using System.Collections.Immutable;
using Redb.Abstractions.Configuration;

namespace Redb.Grains.Planning;

/// <summary>Who needs whom among the enabled services of a group. Free of cycles: the configuration rules refuse them.</summary>
internal sealed class DependencyGraph
{
    private readonly FrozenDictionary<string, Node> _nodes;
    private readonly FrozenDictionary<string, int> _positions;

    public DependencyGraph(IEnumerable<Node> nodes)
    {
        _nodes = nodes.ToFrozenDictionary(node => node.Service, StringComparer.Ordinal);
        var dependents = _nodes.Keys.ToDictionary(
            name => name,
            _ => ImmutableArray.CreateBuilder<string>(),
            StringComparer.Ordinal
        );
        foreach (var node in _nodes.Values)
        {
            foreach (var dependency in node.Dependencies)
            {
                dependents[dependency.Service].Add(node.Service);
            }
        }

        Dependents = dependents.ToFrozenDictionary(
            pair => pair.Key,
            pair => pair.Value.ToImmutable(),
            StringComparer.Ordinal
        );
        Order = Sort(_nodes);
        _positions = Order.Select(KeyValuePair.Create).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Every service, dependencies before dependents; among equals in alphabetical order.</summary>
    public ImmutableArray<string> Order { get; }

    /// <summary>For each service those that need it directly.</summary>
    public FrozenDictionary<string, ImmutableArray<string>> Dependents { get; }

    public bool Contains(string service) => _nodes.ContainsKey(service);

    /// <summary>Where a service is in <see cref="Order"/>, from 0.</summary>
    public int PositionOf(string service) => _positions[service];

    public bool IsRequired(string service) => _nodes[service].Required;

    public ImmutableArray<DependencyConfiguration> DependenciesOf(string service) => _nodes[service].Dependencies;

    private static ImmutableArray<string> Sort(FrozenDictionary<string, Node> nodes)
    {
        var missing = nodes.Values.ToDictionary(
            node => node.Service,
            node => node.Dependencies.Length,
            StringComparer.Ordinal
        );
        var ready = new SortedSet<string>(
            missing.Where(pair => pair.Value == 0).Select(pair => pair.Key),
            StringComparer.Ordinal
        );
        var dependents = nodes
            .Values.SelectMany(node => node.Dependencies.Select(edge => (edge.Service, Dependent: node.Service)))
            .ToLookup(edge => edge.Service, edge => edge.Dependent, StringComparer.Ordinal);
        var order = ImmutableArray.CreateBuilder<string>(nodes.Count);
        while (ready.Min is { } next)
        {
            ready.Remove(next);
            order.Add(next);
            foreach (var dependent in dependents[next])
            {
                if (--missing[dependent] == 0)
                {
                    ready.Add(dependent);
                }
            }
        }

        return order.Count == nodes.Count
            ? order.MoveToImmutable()
            : throw new ArgumentException("The dependencies contain a cycle.", nameof(nodes));
    }

    /// <summary>One service and what it needs.</summary>
    internal sealed record Node(string Service, bool Required, ImmutableArray<DependencyConfiguration> Dependencies);
}
