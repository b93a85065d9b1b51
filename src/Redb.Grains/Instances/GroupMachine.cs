using System.Collections.Immutable;
using Redb.Abstractions.Services;
using Redb.Grains.Journal;
using Redb.Grains.Mesh;
using Redb.Grains.Planning;
using Redb.Grains.Services;
using static Redb.Grains.Instances.GroupInput;

namespace Redb.Grains.Instances;

/// <summary>
/// Decides what a group tells its services: who may start, who must stop, and in what order. Pure, and level-triggered: every
/// step looks at how things are, not at what changed, so that news that is late or doubled cannot leave a service waiting.
/// </summary>
/// <remarks>
/// A service may start (its gate is open) when everything it depends on is ready. It is stopped when nothing that
/// depends on it has a process any more. What happens to it when a dependency is lost later is said by the edge (<see cref="OnLost"/>).
/// </remarks>
internal static class GroupMachine
{
    // A grace comes from whoever asks for a stop: it must be one that a timer can wait for.
    private static readonly TimeSpan LongestGrace = TimeSpan.FromDays(1);

    /// <summary>A group nobody has asked anything of yet.</summary>
    public static GroupState Begin(DependencyGraph graph, Moment now)
    {
        var services = graph.Order.ToImmutableDictionary(name => name, _ => new ServiceFacts(), StringComparer.Ordinal);
        return new()
        {
            Since = now,
            Services = services,
            Standing = GroupStanding.Of(services, graph),
        };
    }

    /// <summary>A group as its predecessor left it.</summary>
    /// <param name="graph">The enabled services and who needs whom; those that are not remembered are new.</param>
    /// <param name="memory">What was remembered.</param>
    /// <param name="phaseOf">The phase each service was left in; what has become of it since, it will say itself.</param>
    /// <param name="now">The time of the take-over.</param>
    public static GroupState Recall(
        DependencyGraph graph,
        GroupMemory memory,
        Func<string, ServicePhase> phaseOf,
        Moment now
    )
    {
        var services = graph.Order.ToImmutableDictionary(
            name => name,
            name => memory.Members.TryGetValue(name, out var member) ? member.ToFacts(phaseOf(name)) : new(),
            StringComparer.Ordinal
        );
        var state = new GroupState
        {
            Since = now,
            Wanted = memory.Wanted,
            WasReady = memory.WasReady,
            Services = services,
            Standing = GroupStanding.Of(services, graph),
        };
        return GroupPhases.Derive(state, graph, now);
    }

    /// <summary>Answers one input.</summary>
    /// <param name="state">What is remembered so far.</param>
    /// <param name="input">What just happened.</param>
    /// <param name="graph">The enabled services and who needs whom.</param>
    /// <param name="now">The time of the input.</param>
    public static GroupStep Next(GroupState state, GroupInput input, DependencyGraph graph, Moment now)
    {
        var mesh = input is MeshStands stands ? stands.Standing.After(state.Mesh) : state.Mesh;
        var round = new GroupRound(state.Services, graph, mesh.Hold);
        var (asked, affected) = input switch
        {
            StartRequested start => Start(state, round, Named(start.Services, graph)),
            StopRequested stop => Stop(state, round, Named(stop.Services, graph), Bounded(stop.Grace)),
            RetryRequested retry => Retry(state, round, Named(retry.Services, graph)),
            Resumed resumed => Resume(state, round, resumed.IsFresh),
            RestartRequested restart => Restart(state, round, Named(restart.Services, graph)),
            ServiceChanged change => Hear(state, round, change),
            MeshStands => (state with { Mesh = mesh }, round.Only(MeshPlan.MeshService)),
            _ => throw new NotSupportedException($"No way to answer {input}."),
        };
        var effects = round.Settle(affected);
        var settled = asked with { Services = round.ToServices(), Standing = round.ToStanding(state.Standing) };
        return new(GroupPhases.Derive(settled, graph, now), effects, affected);
    }

    private static TimeSpan? Bounded(TimeSpan? grace) =>
        grace is { } time ? TimeSpan.FromTicks(Math.Clamp(time.Ticks, 0, LongestGrace.Ticks)) : null;

    private static ImmutableArray<string> Named(ImmutableArray<string> services, DependencyGraph graph) =>
        services.IsDefaultOrEmpty ? graph.Order : services;

    private static (GroupState State, ImmutableArray<string> Affected) Start(
        GroupState state,
        GroupRound round,
        ImmutableArray<string> names
    )
    {
        foreach (var name in names)
        {
            round[name] = round[name].Staying().Commanded(Wanted.Up) with { IsHeldDown = false };
        }

        var wasReady = state.WasReady && state.Wanted == Wanted.Up;
        return (state with { Wanted = Wanted.Up, WasReady = wasReady }, round.Everybody);
    }

    private static (GroupState State, ImmutableArray<string> Affected) Stop(
        GroupState state,
        GroupRound round,
        ImmutableArray<string> names,
        TimeSpan? grace
    )
    {
        var isPart = names.Length < round.Everybody.Length;
        foreach (var name in names)
        {
            var facts = round[name];
            round[name] = facts.Staying() with
            {
                IsLeaving = true,
                Grace = grace,
                IsHeldDown = facts.IsHeldDown || isPart,
            };
        }

        return (isPart ? state : state with { Wanted = Wanted.Down, WasReady = false }, round.Everybody);
    }

    private static (GroupState State, ImmutableArray<string> Affected) Restart(
        GroupState state,
        GroupRound round,
        ImmutableArray<string> names
    )
    {
        foreach (var name in names)
        {
            round[name] = round[name].Staying() with { IsLeaving = true, Returns = true, IsHeldDown = false };
        }

        var isPart = names.Length < round.Everybody.Length;
        return (state with { Wanted = Wanted.Up, WasReady = state.WasReady && isPart }, round.Everybody);
    }

    private static (GroupState State, ImmutableArray<string> Affected) Retry(
        GroupState state,
        GroupRound round,
        ImmutableArray<string> names
    )
    {
        foreach (var name in names)
        {
            var facts = round[name];
            if (facts.Phase is ServicePhase.BackingOff or ServicePhase.CrashLoop or ServicePhase.Failed)
            {
                round[name] = facts.Staying().Commanded(Wanted.Up);
            }
        }

        return (state, round.Everybody);
    }

    private static (GroupState State, ImmutableArray<string> Affected) Resume(
        GroupState state,
        GroupRound round,
        bool isFresh
    )
    {
        foreach (var name in round.Everybody)
        {
            var facts = round[name];
            if (isFresh && facts.IsHeldDown)
            {
                round[name] = facts.Staying() with { IsLeaving = true };
            }
            else if (isFresh || (facts.Command == 0 && state.Wanted == Wanted.Up))
            {
                round[name] = facts.Staying().Commanded(Wanted.Up);
            }
        }

        return (isFresh ? state with { Wanted = Wanted.Up, WasReady = false } : state, round.Everybody);
    }

    private static (GroupState State, ImmutableArray<string> Affected) Hear(
        GroupState state,
        GroupRound round,
        ServiceChanged change
    )
    {
        var facts = round[change.Service];
        round[change.Service] = facts with
        {
            Phase = change.Phase,
            Heard = change.Heard,
            // What it says it wants is old news while it has not heard the last of us.
            Wanted = change.Heard == facts.Told ? change.Wanted : facts.Wanted,
            // A run that began after the loss has not lost anything.
            OwesRestart = facts.OwesRestart && change.Phase.IsLive(),
            IsAdmitted = change.Phase.IsLive() || (facts.IsAdmitted && !change.Phase.IsAtRest()),
        };
        return (state, round.Around(change.Service));
    }
}
