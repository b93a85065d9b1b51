using Redb.Abstractions.Services;
using Redb.Grains.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Planning;

namespace Redb.Grains.Services;

/// <summary>A launch that is certain before the silo is up: the machines decide it now as they will for the grains.</summary>
/// <param name="Order">What the grain will order.</param>
/// <param name="Intent">What the journal must say before it is done.</param>
internal sealed record HeadStart(LaunchOrder Order, ServiceMemory Intent)
{
    /// <summary>The certain launches of a group, dependencies of others first.</summary>
    /// <remarks>
    /// Left out are services that had a process when the supervisor before ended: whether it lives is for their grains to find out. And whoever waits for another.
    /// </remarks>
    /// <param name="plan">The group.</param>
    /// <param name="journal">What is remembered of it.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<HeadStart> Of(GroupPlan plan, IJournal journal, Moment now)
    {
        var graph = plan.ToGraph();
        var (state, input) = GroupOpening.Of(plan, graph, journal, now);
        var services = plan.Services.ToDictionary(service => service.Key.Service, StringComparer.Ordinal);
        foreach (var (name, order) in GroupMachine.Next(state, input, graph, now).Effects)
        {
            var service = services[name];
            if (Decide(service, order, journal.Recall(service.Key), now) is { } start)
            {
                yield return start;
            }
        }
    }

    private static HeadStart? Decide(ServicePlan service, ServiceOrder order, ServiceMemory? memory, Moment now)
    {
        if (memory is not null && (memory.Phase.IsLive() || memory.Process is not null))
        {
            return null;
        }

        var state = memory?.ToState(now) ?? ServiceState.Initial;
        var launched = new List<RunId>();
        foreach (var input in Inputs(state, order, memory?.Command ?? 0))
        {
            // The sample only matters to whoever has failed.
            var (next, effects) = ServiceMachine.Next(state, input, service.ToPolicy(), now, sample: 0);
            state = next;
            launched.AddRange(effects.OfType<ServiceEffect.Launch>().Select(effect => effect.Run));
        }

        return launched is [var run] ? new(service.Order with { Run = run }, Remembered(state, memory)) : null;
    }

    // What the grain hears first: how it was left, then all that its group's order says.
    private static IEnumerable<ServiceInput> Inputs(ServiceState state, ServiceOrder order, long heard)
    {
        yield return new ServiceInput.Resumed(state.Run, Pid: null);
        yield return new ServiceInput.GateChanged(order.Gate);
        if (order.Command > heard)
        {
            yield return order.Wanted == Wanted.Up
                ? new ServiceInput.StartRequested()
                : new ServiceInput.StopRequested(order.Grace);
        }
    }

    // The order itself is not heard yet: a successor must tell it again.
    private static ServiceMemory Remembered(ServiceState state, ServiceMemory? memory) =>
        ServiceMemory.Of(state, process: null) with
        {
            Command = memory?.Command ?? 0,
            Overrides = memory?.Overrides ?? new ServiceMemory().Overrides,
        };
}
