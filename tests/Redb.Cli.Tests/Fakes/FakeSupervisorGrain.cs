using Redb.Abstractions.Supervision;

namespace Redb.Cli.Tests.Fakes;

/// <summary>Answers for a host.</summary>
public sealed class FakeSupervisorGrain(FakeWorld world) : Grain, ISupervisorGrain
{
    public Task<SupervisorView> GetViewAsync() =>
        Task.FromResult(
            new SupervisorView(
                this.GetPrimaryKeyString(),
                1,
                "9.8.7",
                DateTimeOffset.UnixEpoch,
                "/data",
                [],
                world.JournalTroubles.GetValueOrDefault(this.GetPrimaryKeyString(), "")
            )
            {
                Cluster = world.ClusterTroubles.GetValueOrDefault(this.GetPrimaryKeyString(), ""),
            }
        );

    public Task<string> RestartAsync() => Task.FromResult("the new configuration has errors");

    public Task StopAsync(bool leaveRunning) => Task.CompletedTask;
}
