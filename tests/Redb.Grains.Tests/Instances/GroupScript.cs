using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Instances;
using Redb.Grains.Planning;
using Redb.Grains.Services;

namespace Redb.Grains.Tests.Instances;

/// <summary>Plays inputs to a group's machine, and plays services that hear every order at once and do as they are told.</summary>
internal sealed class GroupScript
{
    private static readonly Moment Now = new(DateTimeOffset.UnixEpoch, TimeSpan.Zero);

    private readonly DependencyGraph _graph;
    private ImmutableDictionary<string, ServiceFacts> _before = ImmutableDictionary<string, ServiceFacts>.Empty;

    public GroupScript(params DependencyGraph.Node[] nodes)
    {
        _graph = new(nodes);
        State = GroupMachine.Begin(_graph, Now);
    }

    public GroupState State { get; private set; }

    public GroupPhase Phase => State.Phase;

    /// <summary>What the last input was answered with.</summary>
    public IReadOnlyList<GroupEffect> Effects { get; private set; } = [];

    /// <summary>Who may launch after the last input, and could not before.</summary>
    public IEnumerable<string> Launched =>
        Effects
            .Where(effect => effect.Order is { Wanted: Wanted.Up, Gate.IsOpen: true })
            .Select(effect => effect.Service);

    /// <summary>Who was commanded to stop by the last input.</summary>
    public IEnumerable<string> Stopped =>
        Effects
            .Where(effect =>
                effect.Order.Wanted == Wanted.Down && effect.Order.Command > _before[effect.Service].Command
            )
            .Select(effect => effect.Service);

    public static DependencyGraph.Node Node(string name, params DependencyConfiguration[] dependencies) =>
        new(name, Required: true, [.. dependencies]);

    public static DependencyGraph.Node Optional(string name) => new(name, Required: false, []);

    public static DependencyConfiguration On(string name, OnLost onLost = OnLost.Ignore) => new(name, onLost);

    public ServiceFacts this[string name] => State.Services[name];

    public GroupScript Start(params string[] names) => Play(new GroupInput.StartRequested([.. names]));

    public GroupScript Stop(params string[] names) => Play(new GroupInput.StopRequested([.. names]));

    public GroupScript Restart(params string[] names) => Play(new GroupInput.RestartRequested([.. names]));

    /// <summary>A service that has heard everything says how it is.</summary>
    public GroupScript Says(string name, ServicePhase phase, Wanted? wanted = null) =>
        Play(new GroupInput.ServiceChanged(name, phase, wanted ?? this[name].Wanted, this[name].Told));

    /// <summary>Everybody who has been told something answers that nothing follows from it.</summary>
    public GroupScript Answers()
    {
        foreach (var name in _graph.Order.Where(name => this[name].Heard < this[name].Told))
        {
            Says(name, this[name].Phase);
        }

        return this;
    }

    /// <summary>A service reports without having heard the last order.</summary>
    public GroupScript SaysUnheard(string name, ServicePhase phase, Wanted wanted) =>
        Play(new GroupInput.ServiceChanged(name, phase, wanted, this[name].Told - 1));

    /// <summary>Every service is started, and ready.</summary>
    public GroupScript Ready()
    {
        Start();
        foreach (var name in _graph.Order)
        {
            Says(name, ServicePhase.Starting).Says(name, ServicePhase.Ready);
        }

        return this;
    }

    public GroupScript Play(GroupInput input)
    {
        _before = State.Services;
        var (state, effects, _) = GroupMachine.Next(State, input, _graph, Now);
        (State, Effects) = (state, effects);
        return this;
    }
}
