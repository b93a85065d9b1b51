using Redb.Abstractions.Security;

namespace Redb.Abstractions.Mesh;

/// <summary>The mesh node of one group. The grain key is <see cref="Instances.GroupKey"/>; it lives on the silo of its host.</summary>
public interface IMeshNodeGrain : IGrainWithStringKey
{
    /// <summary>Reads its peers and sessions.</summary>
    [RequiresRole(CallerRole.Viewer)]
    Task<MeshLinksView> GetLinksAsync();
}
