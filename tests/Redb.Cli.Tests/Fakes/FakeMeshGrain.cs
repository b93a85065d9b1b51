using Redb.Abstractions.Mesh;

namespace Redb.Cli.Tests.Fakes;

/// <summary>Passes calls on to the world of the test.</summary>
public sealed class FakeMeshGrain(FakeWorld world) : Grain, IMeshGrain
{
    public Task<MeshView> GetViewAsync() => Task.FromResult(world.Meshes[this.GetPrimaryKeyString()]);
}
