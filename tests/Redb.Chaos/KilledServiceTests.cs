using Redb.Chaos.Kit;
using Redb.TestKit;

namespace Redb.Chaos;

/// <summary>Services that are killed, one at a time and several at once.</summary>
public sealed class KilledServiceTests
{
    private const int Kills = 60;

    [Fact]
    public async Task Services_killed_at_random_are_each_replaced_once()
    {
        await using var scene = await Scene.ReadyAsync(Cast.Talkers(6));

        for (var killed = 0; killed < Kills; )
        {
            var victims = scene.Chance.Some((await scene.ProcessesAsync()).Values, 1 + scene.Chance.Below(4));
            foreach (var victim in victims)
            {
                Signals.Send(victim.Pid, "KILL");
            }

            await Task.WhenAll(victims.Select(scene.Witness.SuccessorAsync));
            killed += victims.Count;
        }

        await scene.AllReadyAsync();
        await scene.EndAsync();
        scene
            .Group.AllLines.Count(line => line.Contains("ended: SIGKILL", StringComparison.Ordinal))
            .Should()
            .Be(scene.Witness.Lives.Count - scene.Cast.Services.Count, "every end is told once ({0})", scene.Chance);
    }
}
