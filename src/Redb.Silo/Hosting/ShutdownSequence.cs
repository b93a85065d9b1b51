using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Instances;
using Redb.Grains.Planning;

namespace Redb.Silo.Hosting;

/// <summary>Stops the groups of this host: in reverse order of dependency, and when the time is up without asking.</summary>
internal sealed partial class ShutdownSequence(
    HostPlan host,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<ShutdownSequence> logger
)
{
    // SIGKILL works at once; what is still there after this long hangs in the kernel.
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(5);

    /// <summary>Stops all groups at the same time.</summary>
    /// <param name="immediate">Cancelled when nobody wants to wait any longer.</param>
    /// <returns>Whether nothing is left running.</returns>
    public async Task<bool> RunAsync(CancellationToken immediate)
    {
        var stopped = await Task.WhenAll(host.Groups.Select(group => StopAsync(group, immediate)));
        return stopped.All(isStopped => isStopped);
    }

    private async Task<bool> StopAsync(GroupPlan plan, CancellationToken immediate)
    {
        var group = grains.GetGrain<IInstanceGroupGrain>(plan.Key.ToString());
        var members = grains.GetGrain<IGroupMembers>(plan.Key.ToString());
        await members.EndAsync();
        if (await IsStoppedAsync(members, plan.ShutdownTimeout, immediate))
        {
            return true;
        }

        LogKilling(
            plan.Key.Group,
            immediate.IsCancellationRequested
                ? "asked twice"
                : $"not stopped within {plan.ShutdownTimeout.TotalSeconds:0.#} s"
        );
        await members.KillAsync();
        if (await IsStoppedAsync(members, AfterKill, CancellationToken.None))
        {
            return true;
        }

        var left = (await group.GetViewAsync()).Services.Where(service => service.Phase.IsLive());
        LogLeft(plan.Key.Group, string.Join(", ", left.Select(service => $"{service.Name} (pid {service.Pid})")));
        return false;
    }

    private async Task<bool> IsStoppedAsync(IGroupMembers group, TimeSpan limit, CancellationToken immediate)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, immediate);
        try
        {
            await foreach (var phase in group.WatchPhaseAsync(either.Token).WithCancellation(either.Token))
            {
                if (phase == GroupPhase.Stopped)
                {
                    return true;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The time is up, or nobody wants to wait: the next rung.
        }

        return false;
    }

    [LoggerMessage(1201, LogLevel.Warning, "{Group}: killing what is left, {Reason}")]
    private partial void LogKilling(string group, string reason);

    [LoggerMessage(1202, LogLevel.Error, "{Group}: still there after SIGKILL: {Services}")]
    private partial void LogLeft(string group, string services);
}
