using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Instances;
using Redb.Grains.Planning;

namespace Redb.Grains.Tests.Instances;

/// <summary>
/// Derives a group's phase by a look at every service: slow, and plainly right. What <see cref="GroupPhases"/> derives from
/// counts has to be the same.
/// </summary>
internal static class NaivePhases
{
    /// <summary>Phase and reason of a state, from nothing but its services.</summary>
    public static (GroupPhase Phase, string Reason) Judge(GroupState state, DependencyGraph graph)
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
