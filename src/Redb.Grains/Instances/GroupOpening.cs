using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Journal;
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
    /// <param name="now">The time of the opening.</param>
    public static GroupOpening Of(HostPlan host, GroupPlan plan, DependencyGraph graph, IJournal journal, Moment now)
    {
        if (journal.Recall(plan.Key) is { } memory)
        {
            return new(
                GroupMachine.Recall(graph, memory, name => LeftIn(plan, journal, name), now),
                new GroupInput.Resumed(IsFresh: memory.IsEnding)
            );
        }

        var begun = GroupMachine.Begin(graph, now);
        return CordonOf(host, journal) is { } cordon
            ? new(begun with { Cordon = cordon }, new GroupInput.Resumed(IsFresh: true))
            : new(begun, new GroupInput.StartRequested([]));
    }

    /// <summary>The phase in which the supervisor before left a service.</summary>
    public static ServicePhase LeftIn(GroupPlan plan, IJournal journal, string service) =>
        journal.Recall(plan.Key.ToService(service))?.Phase ?? ServicePhase.Stopped;

    private static Cordon? CordonOf(HostPlan host, IJournal journal) =>
        host.Groups.Select(group => journal.Recall(group.Key)?.Cordon).FirstOrDefault(cordon => cordon is not null);
}
