using Orleans.Concurrency;
using Redb.Abstractions.Services;

namespace Redb.Grains.Mesh;

/// <summary>What a group, and the silo it lives on, tell the group's mesh node.</summary>
internal interface IMeshMember : IGrainWithStringKey
{
    /// <summary>The group begins: finds out who the node is, and whether its id and address are free.</summary>
    [OneWay]
    ValueTask BeginAsync();

    /// <summary>A service of the group changed. An older revision than the last one heard is ignored.</summary>
    [OneWay]
    ValueTask ServiceChangedAsync(string service, long revision, ServicePhase phase, long run);

    /// <summary>Which supervisors live and which are dead.</summary>
    [OneWay]
    ValueTask SilosChangedAsync(ClusterSilos silos);
}
