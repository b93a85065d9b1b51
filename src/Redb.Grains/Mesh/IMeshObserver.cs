using Orleans.Concurrency;

namespace Redb.Grains.Mesh;

/// <summary>Who is told when a mesh changes.</summary>
internal interface IMeshObserver : IGrainObserver
{
    /// <summary>Nodes came, changed or left.</summary>
    [OneWay]
    ValueTask PeersChangedAsync(MeshNews news);
}
