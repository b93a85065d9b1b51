using System.Collections.Frozen;
using System.Collections.Immutable;
using Redb.Abstractions.Instances;

namespace Redb.Grains.Planning;

/// <summary>Everything one silo supervises. Built once from the configuration files, before the silo starts.</summary>
internal sealed class HostPlan
{
    private readonly FrozenDictionary<GroupKey, GroupPlan> _groups;
    private readonly FrozenDictionary<ServiceKey, ServicePlan> _services;

    public HostPlan(string host, ImmutableArray<GroupPlan> groups)
    {
        Host = host;
        Groups = groups;
        _groups = groups.ToFrozenDictionary(group => group.Key);
        _services = groups.SelectMany(group => group.Services).ToFrozenDictionary(service => service.Key);
    }

    /// <summary>The host's name, the first part of every grain key here.</summary>
    public string Host { get; }

    public ImmutableArray<GroupPlan> Groups { get; }

    public GroupPlan? FindGroup(GroupKey key) => _groups.GetValueOrDefault(key);

    public ServicePlan? FindService(ServiceKey key) => _services.GetValueOrDefault(key);
}
