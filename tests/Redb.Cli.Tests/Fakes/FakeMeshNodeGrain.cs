using Redb.Abstractions.Instances;
using Redb.Abstractions.Mesh;

namespace Redb.Cli.Tests.Fakes;

/// <summary>Passes calls on to the world of the test; a group that it knows no links of has no mesh service.</summary>
public sealed class FakeMeshNodeGrain(FakeWorld world) : Grain, IMeshNodeGrain
{
    public Task<MeshLinksView> GetLinksAsync()
    {
        var key = GroupKey.Parse(this.GetPrimaryKeyString());
        return Task.FromResult(
            world.Links.GetValueOrDefault(key.ToString(), new() { Host = key.Host, Group = key.Group })
        );
    }
}
