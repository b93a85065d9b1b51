using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Instances;
using Redb.Grains.Planning;
using Redb.Silo.Processes;

namespace Redb.Silo.Hosting;

/// <summary>Stops what an earlier supervisor launched and the present configuration does not name any more: nobody else would.</summary>
internal sealed class StrayWatch(StrayRuns strays, HostPlan host, IGrainFactory grains, TimeProvider time)
{
    // What such a service was given by its own configuration is gone with it: the default of stop.grace.
    private static readonly TimeSpan Grace = new StopPolicy().Grace;

    /// <summary>Stops all of them at the same time; each is told of in the events of its group, or of the first one where its group is gone too.</summary>
    public Task StopAllAsync() => Task.WhenAll(strays.Find(host).Select(StopAsync));

    private async Task StopAsync(StrayRun stray)
    {
        await TellAsync(stray, $"{stray} is not in the configuration any more, and is stopped");
        if (!await strays.StopAsync(stray, (int)StopSignal.Terminate, Grace))
        {
            await TellAsync(stray, $"{stray} is still there after SIGKILL");
        }
    }

    private ValueTask TellAsync(StrayRun stray, string message)
    {
        var group = host.Groups.FirstOrDefault(plan => plan.Key.Group == stray.Process.Mark.Group) ?? host.Groups[0];
        return grains
            .GetGrain<IGroupMembers>(group.Key.ToString())
            .HappenedAsync(new(time.GetUtcNow(), "", EventKind.Warning, message, ServicePhase.Disabled, 0, ""));
    }
}
