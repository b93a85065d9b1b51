using System.Collections.Immutable;
using Redb.Abstractions.Services;
using Redb.Grains.Planning;

namespace Redb.Grains.Instances;

/// <summary>
/// Counts the services of a group by their <see cref="Footing"/>. Follows from the facts alone, and is kept up to date
/// service by service: a look at all of a thousand services at each of their changes would be most of the work of their start.
/// </summary>
/// <param name="Up">Positions in the order of the graph, as in the other two.</param>
/// <param name="Broken">Those that fail the group.</param>
/// <param name="Absent">Those that keep the group from being Ready.</param>
/// <param name="Coming">How many of the absent ones are coming.</param>
internal sealed record GroupStanding(
    ImmutableSortedSet<int> Up,
    ImmutableSortedSet<int> Broken,
    ImmutableSortedSet<int> Absent,
    int Coming
)
{
    /// <summary>Looks at every service.</summary>
    public static GroupStanding Of(ImmutableDictionary<string, ServiceFacts> services, DependencyGraph graph)
    {
        var footings = graph.Order.Select(name => FootingOf(services[name], graph.IsRequired(name))).ToImmutableArray();
        return new(
            Having(footings, Footing.Up),
            Having(footings, Footing.Broken),
            Having(footings, Footing.Absent),
            Having(footings, Footing.Coming).Count
        );
    }

    /// <summary>The same after a change of one service.</summary>
    public GroupStanding With(string service, ServiceFacts before, ServiceFacts after, DependencyGraph graph)
    {
        var isRequired = graph.IsRequired(service);
        var (was, now) = (FootingOf(before, isRequired), FootingOf(after, isRequired));
        if (was == now)
        {
            return this;
        }

        var position = graph.PositionOf(service);
        return new(
            Put(Up, position, now, Footing.Up),
            Put(Broken, position, now, Footing.Broken),
            Put(Absent, position, now, Footing.Absent),
            Coming + (now.HasFlag(Footing.Coming) ? 1 : 0) - (was.HasFlag(Footing.Coming) ? 1 : 0)
        );
    }

    private static ImmutableSortedSet<int> Having(ImmutableArray<Footing> footings, Footing mark) =>
        [.. Enumerable.Range(0, footings.Length).Where(position => footings[position].HasFlag(mark))];

    private static ImmutableSortedSet<int> Put(ImmutableSortedSet<int> set, int position, Footing now, Footing mark) =>
        now.HasFlag(mark) ? set.Add(position) : set.Remove(position);

    private static Footing FootingOf(ServiceFacts facts, bool isRequired)
    {
        var isThere = facts.Phase == ServicePhase.Ready && !facts.IsLeaving;
        var hasFailed = HasFailed(facts);
        return (facts.IsDown ? Footing.None : Footing.Up)
            | (isRequired && hasFailed ? Footing.Broken : Footing.None)
            | (isThere ? Footing.None : Footing.Absent)
            | (!isThere && IsComing(facts, hasFailed) ? Footing.Coming : Footing.None);
    }

    private static bool IsComing(ServiceFacts facts, bool hasFailed) =>
        facts.Returns || facts.IsAboutToStart || !(facts.Phase.IsReady() || hasFailed || IsToRest(facts));

    private static bool IsToRest(ServiceFacts facts) =>
        facts.Phase == ServicePhase.Stopped && facts.Wanted == Wanted.Down;

    // A failure that somebody has just asked to begin again is not the group's any more.
    private static bool HasFailed(ServiceFacts facts) =>
        facts.Phase is ServicePhase.CrashLoop or ServicePhase.Failed && !facts.IsAboutToStart && !facts.Returns;
}
