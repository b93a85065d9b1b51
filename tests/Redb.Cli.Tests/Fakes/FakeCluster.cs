using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Redb.Cli.Tests.Fakes;

[assembly: AssemblyFixture(typeof(FakeCluster))]

namespace Redb.Cli.Tests.Fakes;

/// <summary>One silo with the fake grains, shared by all tests.</summary>
public sealed class FakeCluster : IAsyncLifetime
{
    private readonly InProcessTestCluster _cluster;

    public FakeCluster()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services.AddSingleton(World));
        _cluster = builder.Build();
    }

    internal FakeWorld World { get; } = new();

    internal IGrainFactory Grains => _cluster.Client;

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
