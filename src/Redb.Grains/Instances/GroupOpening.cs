using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Journal;
using Redb.Grains.Mesh;
using Redb.Grains.Planning;
using Redb.Grains.Services;

namespace Redb.Grains.Instances;

/// <summary>How a group begins under a new supervisor: where the one before left it, and what it is asked first.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Input">What it is asked.</param>
internal sealed record GroupOpening(GroupState State, GroupInput Input)
{
    /// <summary>The opening of a group.</summary>
    /// <param name="host">Its host; where another group of it is cordoned, a group that nobody remembers is cordoned too.</param>
    /// <param name="plan">The group.</param>
    /// <param name="graph">Its enabled services and who needs whom.</param>
    /// <param name="journal">What is remembered; a group that nobody remembers starts as configured.</param>
    /// <param name="phaseOf">The phase of each service, as far as it is known.</param>
    /// <param name="now">The time of the opening.</param>
    public static GroupOpening Of(
        HostPlan host,
        GroupPlan plan,
        DependencyGraph graph,
        IJournal journal,
        Func<string, ServicePhase> phaseOf,
        Moment now
    )
    {
        var recalled = journal.Recall(plan.Key);
        var (state, input) = recalled is { } memory
            ? (GroupMachine.Recall(graph, memory, phaseOf, now), new GroupInput.Resumed(IsFresh: memory.IsEnding))
            : Begin(host, graph, journal, now);

        // The mesh has not been asked yet whether the group's node may start.
        var wasReady = recalled is { WasReady: true, IsEnding: false };
        return new(state with { Mesh = MeshStanding.Initial(plan.Mesh, wasReady) }, input);
    }

    /// <summary>The phase in which the supervisor before left a service.</summary>
    public static ServicePhase LeftIn(GroupPlan plan, IJournal journal, string service) =>
        journal.Recall(plan.Key.ToService(service))?.Phase ?? ServicePhase.Stopped;

    private static (GroupState State, GroupInput Input) Begin(
        HostPlan host,
        DependencyGraph graph,
        IJournal journal,
        Moment now
    )
    {
        var begun = GroupMachine.Begin(graph, now);
        return CordonOf(host, journal) is { } cordon
            ? (begun with { Cordon = cordon }, new GroupInput.Resumed(IsFresh: true))
            : (begun, new GroupInput.StartRequested([]));
    }

    private static Cordon? CordonOf(HostPlan host, IJournal journal) =>
        host.Groups.Select(group => journal.Recall(group.Key)?.Cordon).FirstOrDefault(cordon => cordon is not null);
}
