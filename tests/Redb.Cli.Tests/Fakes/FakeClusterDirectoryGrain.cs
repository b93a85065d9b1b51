using Redb.Abstractions.Hosts;

namespace Redb.Cli.Tests.Fakes;

/// <summary>Knows the hosts that a test made up.</summary>
public sealed class FakeClusterDirectoryGrain(FakeWorld world) : Grain, IClusterDirectoryGrain
{
    public Task<ClusterView> GetViewAsync() =>
        Task.FromResult(
            new ClusterView(
                this.GetPrimaryKeyString(),
                this.GetPrimaryKeyString(),
                world.ClusterOf(this.GetPrimaryKeyString())
            )
        );

    public Task<int> ForgetAsync(string host) => Task.FromResult(1);
}
