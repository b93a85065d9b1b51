using Orleans.Concurrency;

namespace Redb.Grains.Mesh;

/// <summary>What groups, and the silos they live on, tell their mesh.</summary>
internal interface IMeshMembers : IGrainWithStringKey
{
    /// <summary>A group announces its node, and asks for news. It is told changes from then on, for as long as it goes on announcing.</summary>
    ValueTask<MeshAnswer> AnnounceAsync(MeshAnnouncement announcement, IMeshObserver observer);

    /// <summary>A group takes its node away.</summary>
    ValueTask LeaveAsync(string group);

    /// <summary>Which supervisors live and which are dead.</summary>
    [OneWay]
    ValueTask SilosChangedAsync(ClusterSilos silos);
}
