using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Planning;
using Redb.Grains.Services;

namespace Redb.Grains.Instances;

/// <summary>Derives a group's phase from its services.</summary>
internal static class GroupPhases
{
    /// <summary>The state with its phase, reason and time of change put right; its <see cref="GroupState.Standing"/> is right already.</summary>
    public static GroupState Derive(GroupState state, DependencyGraph graph, Moment now)
    {
        var (phase, culprits) = Judge(state);
        var wasReady = state.WasReady || (state.Wanted == Wanted.Up && phase == GroupPhase.Ready);
        return state with
        {
            Phase = phase,
            Reason = IsShort(state, phase, culprits) ? state.Mesh.Shortfall! : Name(culprits, state.Services, graph),
            WasReady = wasReady,
            Since = phase == state.Phase ? state.Since : now,
        };
    }

    private static (GroupPhase Phase, ImmutableSortedSet<int> Culprits) Judge(GroupState state)
    {
        var standing = state.Standing;
        if (state.Wanted == Wanted.Down)
        {
            return (standing.Up.IsEmpty ? GroupPhase.Stopped : GroupPhase.Stopping, standing.Up);
        }

        if (!standing.Broken.IsEmpty)
        {
            return (GroupPhase.Failed, standing.Broken);
        }

        if (standing.Absent.IsEmpty)
        {
            return string.IsNullOrEmpty(state.Mesh.Shortfall) ? (GroupPhase.Ready, [])
                : state.WasReady ? (GroupPhase.Degraded, [])
                : (GroupPhase.Starting, []);
        }

        var isStarting = !state.WasReady && standing.Coming > 0;
        return (isStarting ? GroupPhase.Starting : GroupPhase.Degraded, standing.Absent);
    }

    // Every service is there, and still the group is not what it should be.
    private static bool IsShort(GroupState state, GroupPhase phase, ImmutableSortedSet<int> culprits) =>
        culprits.IsEmpty
        && phase is GroupPhase.Starting or GroupPhase.Degraded
        && state.Mesh.Shortfall is { Length: > 0 };

    private static string Name(
        ImmutableSortedSet<int> culprits,
        ImmutableDictionary<string, ServiceFacts> services,
        DependencyGraph graph
    ) =>
        culprits.IsEmpty
            ? ""
            : Culprits.Name(
                culprits.Select(position => $"{graph.Order[position]} {services[graph.Order[position]].Phase}"),
                culprits.Count
            );
}
