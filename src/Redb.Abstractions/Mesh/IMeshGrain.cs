using Redb.Abstractions.Security;

namespace Redb.Abstractions.Mesh;

/// <summary>One mesh, known to all hosts of the cluster. The grain key is its name; it lives anywhere and answers for hosts that are down.</summary>
public interface IMeshGrain : IGrainWithStringKey
{
    /// <summary>Reads the mesh as it stands.</summary>
    [RequiresRole(CallerRole.Viewer)]
    Task<MeshView> GetViewAsync();
}
