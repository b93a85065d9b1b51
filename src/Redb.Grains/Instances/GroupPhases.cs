using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Planning;
using Redb.Grains.Services;

namespace Redb.Grains.Instances;

/// <summary>Derives a group's phase from its services.</summary>
internal static class GroupPhases
{
    /// <summary>The state with its phase, reason and time of change put right.</summary>
    public static GroupState Derive(GroupState state, DependencyGraph graph, Moment now)
    {
        var (phase, reason) = Judge(state, graph);
        var wasReady = state.WasReady || (state.Wanted == Wanted.Up && phase == GroupPhase.Ready);
        return state with
        {
            Phase = phase,
            Reason = reason,
            WasReady = wasReady,
            Since = phase == state.Phase ? state.Since : now,
        };
    }

    private static (GroupPhase Phase, string Reason) Judge(GroupState state, DependencyGraph graph)
    {
        var services = state.Services;
        if (state.Wanted == Wanted.Down)
        {
            var up = graph.Order.Where(name => !services[name].IsDown).ToImmutableArray();
            return up.IsEmpty ? (GroupPhase.Stopped, "") : (GroupPhase.Stopping, Name(up, services));
        }

        var broken = graph.Order.Where(name => graph.IsRequired(name) && HasFailed(services[name])).ToImmutableArray();
        if (!broken.IsEmpty)
        {
            return (GroupPhase.Failed, Name(broken, services));
        }

        var notReady = graph.Order.Where(name => !IsThere(services[name])).ToImmutableArray();
        if (notReady.IsEmpty)
        {
            return (GroupPhase.Ready, "");
        }

        var coming = notReady.Any(name => IsComing(services[name]));
        return (!state.WasReady && coming ? GroupPhase.Starting : GroupPhase.Degraded, Name(notReady, services));
    }

    private static bool IsThere(ServiceFacts facts) => facts.Phase == ServicePhase.Ready && !facts.IsLeaving;

    /// <summary>Whether the service will come up without somebody's help.</summary>
    private static bool IsComing(ServiceFacts facts) =>
        facts.Returns || facts.IsAboutToStart || !(facts.Phase.IsReady() || HasFailed(facts) || IsToRest(facts));

    private static bool IsToRest(ServiceFacts facts) =>
        facts.Phase == ServicePhase.Stopped && facts.Wanted == Wanted.Down;

    // A failure that somebody has just asked to begin again is not the group's any more.
    private static bool HasFailed(ServiceFacts facts) =>
        facts.Phase is ServicePhase.CrashLoop or ServicePhase.Failed && !facts.IsAboutToStart && !facts.Returns;

    private static string Name(ImmutableArray<string> culprits, ImmutableDictionary<string, ServiceFacts> services) =>
        Culprits.Name(culprits.Select(name => $"{name} {services[name].Phase}"), culprits.Length);
}
