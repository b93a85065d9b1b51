using Redb.Grains.Mesh;

namespace Redb.Silo.Mesh;

/// <summary>Registers what talks to mesh and core services about the mesh.</summary>
internal static class MeshServices
{
    /// <summary>Adds the ports of mesh nodes. The connections of the controllers are needed too.</summary>
    public static IServiceCollection AddRedbMesh(this IServiceCollection services) =>
        services
            .AddSingleton<MeshCalls>()
            .AddSingleton<IMeshControl, MeshControlClient>()
            .AddSingleton<ICoreMesh, CoreMeshClient>()
            .AddSingleton<PeerSettings>()
            .AddSingleton<MeshWorld>()
            .AddHostedService<MeshSilos>();
}
