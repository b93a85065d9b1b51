using System.Collections.Immutable;
using Redb.Grains.Journal;
using Redb.Grains.Logs;
using Redb.Grains.Planning;
using Redb.Grains.Services;

namespace Redb.Grains.Instances;

/// <summary>What the grains of a group are going to order, told before they are there: the machines decide it now as they will for them.</summary>
/// <remarks>
/// It hears of launches, of READY=1 and of what ended while no supervisor watched, and of nothing else: whoever waits for a service that must be asked is left to
/// its grain, and so is a service that still has a process. Not safe across threads.
/// </remarks>
internal sealed class Foresight
{
    private readonly DependencyGraph _graph;
    private readonly Dictionary<string, ForeseenService> _services;
    private readonly GroupInput _opening;
    private GroupState _state;

    /// <summary>A group that has not begun.</summary>
    /// <param name="host">Its host.</param>
    /// <param name="plan">The group.</param>
    /// <param name="journal">What is remembered of it.</param>
    /// <param name="logs">Where the last words of a run are.</param>
    /// <param name="find">What became of the last run of a service.</param>
    /// <param name="now">The time.</param>
    public Foresight(
        HostPlan host,
        GroupPlan plan,
        IJournal journal,
        ILogFiles logs,
        Func<LaunchOrder, RunIdentity?, AdoptResult> find,
        Moment now
    )
    {
        _graph = plan.ToGraph();
        _services = plan
            .Services.Where(service => service.Configuration.Enabled)
            .Select(service => ForeseenService.Of(service, journal.Recall(service.Key), logs, find, now))
            .OfType<ForeseenService>()
            .ToDictionary(service => service.Name, StringComparer.Ordinal);
        (_state, _opening) = GroupOpening.Of(
            host,
            plan,
            _graph,
            journal,
            name =>
                _services.TryGetValue(name, out var service) ? service.Phase : GroupOpening.LeftIn(plan, journal, name),
            now
        );
    }

    /// <summary>The launches that are certain when the group begins, dependencies of others first.</summary>
    public ImmutableArray<HeadStart> Begin(Moment now) => Hear(_opening, now);

    /// <summary>The launches that are certain once one has been done.</summary>
    public ImmutableArray<HeadStart> Launched(string service, int pid, Moment now) =>
        Hear(service, foreseen => foreseen.Launched(pid, now), now);

    /// <summary>The launches that are certain once a service that was launched has said READY=1.</summary>
    public ImmutableArray<HeadStart> Notified(string service, Moment now) =>
        Hear(service, foreseen => foreseen.Notified(now), now);

    // With a thousand services that nobody waits for, telling the group of each would take longer than launching it.
    private ImmutableArray<HeadStart> Hear(string name, Action<ForeseenService> news, Moment now)
    {
        if (_graph.Dependents[name].IsEmpty)
        {
            return [];
        }

        var service = _services[name];
        news(service);
        return Hear(service.Report(), now);
    }

    private ImmutableArray<HeadStart> Hear(GroupInput input, Moment now)
    {
        var (state, effects, _) = GroupMachine.Next(_state, input, _graph, now);
        _state = state;
        var starts = ImmutableArray.CreateBuilder<HeadStart>();
        foreach (var (name, order) in effects)
        {
            if (_services.TryGetValue(name, out var service) && service.Obey(order, now) is { } start)
            {
                starts.Add(start);
            }
        }

        return starts.ToImmutable();
    }
}
