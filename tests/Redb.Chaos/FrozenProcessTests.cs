using Redb.Chaos.Kit;
using Redb.TestKit;

namespace Redb.Chaos;

/// <summary>Processes that stand still for a while: a debugger, a swapping machine, SIGSTOP.</summary>
public sealed class FrozenProcessTests
{
    // Six times the interval at which the stand-ins send heartbeats.
    private const string Impatient = "heartbeat_timeout: 3s";

    [Fact]
    public async Task A_frozen_service_is_found_and_replaced_and_its_neighbour_left_alone()
    {
        await using var scene = await Scene.ReadyAsync(Cast.Some([Impatient], "security", "webhook"));
        var before = await scene.ProcessesAsync();

        Signals.Send(before["security"].Pid, "STOP");
        await scene.Witness.SuccessorAsync(before["security"]);

        await scene.Group.Process.LineAsync("security", "-> Unhealthy", "no heartbeat for");
        await scene.AllReadyAsync();
        (await scene.ProcessesAsync())["webhook"].Should().Be(before["webhook"]);
        await scene.EndAsync();
    }

    [Fact]
    public async Task A_service_that_was_frozen_for_less_than_its_tolerance_is_left_alone()
    {
        await using var scene = await Scene.ReadyAsync(Cast.Some([], "security", "webhook"));
        var before = await scene.ProcessesAsync();

        Signals.Send(before["security"].Pid, "STOP");
        await Scene.QuietAsync(TimeSpan.FromSeconds(2));
        Signals.Send(before["security"].Pid, "CONT");

        await scene.HeardOfAsync("security");
        (await scene.ProcessesAsync()).Should().BeEquivalentTo(before);
        await scene.EndAsync();
    }

    // What came while the supervisor stood still waits in its sockets, and counts before anybody's silence is judged.
    [Theory]
    [InlineData(5)]
    public async Task A_frozen_supervisor_kills_nobody_when_it_wakes(int seconds)
    {
        await using var scene = await Scene.ReadyAsync(Cast.Some([Impatient], "security", "webhook", "core"));
        var before = await scene.ProcessesAsync();

        scene.Group.Process.Signal("STOP");
        await Scene.QuietAsync(TimeSpan.FromSeconds(seconds));
        scene.Group.Process.Signal("CONT");

        // As long as it could take until the last of them is held to be silent.
        await Scene.QuietAsync(TimeSpan.FromSeconds(4));
        await scene.AllReadyAsync();
        (await scene.ProcessesAsync()).Should().BeEquivalentTo(before);
        scene.Group.AllLines.Should().NotContain(line => line.Contains("no heartbeat for", StringComparison.Ordinal));
        await scene.EndAsync();
    }
}
