using Orleans.Concurrency;
using Redb.Abstractions.Hosts;
using Redb.Grains.Planning;

namespace Redb.Grains.Hosts;

/// <summary>Reads the copy of the silo that was asked: no other silo, nor the place where grains are looked up, is on the way.</summary>
[StatelessWorker]
internal sealed class ClusterDirectoryGrain(
    ClusterDirectory directory,
    IDirectoryPeers peers,
    HostPlan host,
    ILocalSiloDetails silo
) : Grain, IClusterDirectoryGrain
{
    public Task<ClusterView> GetViewAsync() => Task.FromResult(new ClusterView(host.Host, silo.Name, directory.Show()));

    public async Task<int> ForgetAsync(string host)
    {
        var before = directory.Records.Count;
        directory.Hear(new DirectoryInput.ForgetRequested(host));
        await peers.ForgetAsync(host);
        return before - directory.Records.Count;
    }
}
