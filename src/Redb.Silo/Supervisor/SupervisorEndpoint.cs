using Redb.Abstractions.Instances;
using Redb.Grains.Instances;
using Redb.Grains.Planning;
using Redb.Grains.Services;

namespace Redb.Silo.Supervisor;

/// <summary>Finds the grains behind a call: its group by the port it came in on, its service by the name in its id.</summary>
internal sealed class SupervisorEndpoint(HostPlan host, IGrainFactory grains)
{
    private readonly Dictionary<int, GroupPlan> _groups = host.Groups.ToDictionary(group => group.ListenPort);

    /// <summary>The group whose listener a call came in on.</summary>
    public GroupPlan GroupAt(int localPort) => _groups[localPort];

    public IInstanceGroupGrain Group(GroupPlan group) => grains.GetGrain<IInstanceGroupGrain>(group.Key.ToString());

    public IGroupMembers Members(GroupPlan group) => grains.GetGrain<IGroupMembers>(group.Key.ToString());

    /// <summary>The grain of a configured service; null for a name that is not configured in the group.</summary>
    public IServiceGrain? FindService(GroupPlan group, string name)
    {
        var key = group.Key.ToService(name);
        return host.FindService(key) is null ? null : grains.GetGrain<IServiceGrain>(key.ToString());
    }

    /// <summary>The plan of a configured service; null for a name that is not configured in the group.</summary>
    public ServicePlan? FindPlan(GroupPlan group, string name) => host.FindService(group.Key.ToService(name));
}
