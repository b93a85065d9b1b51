using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Services;
using Redb.Grains.Mesh;
using Redb.Grains.Planning;
using Redb.Grains.Services;

namespace Redb.Grains.Instances;

/// <summary>The workspace of one step of <see cref="GroupMachine"/>: the facts as they change, and the rules that change them.</summary>
/// <param name="services">The facts before the step.</param>
/// <param name="graph">The enabled services and who needs whom.</param>
/// <param name="meshHold">Why the mesh service may not start; empty when it may.</param>
internal sealed class GroupRound(
    ImmutableDictionary<string, ServiceFacts> services,
    DependencyGraph graph,
    string meshHold
)
{
    private readonly ImmutableDictionary<string, ServiceFacts>.Builder _services = services.ToBuilder();
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    /// <summary>Every service, dependencies first.</summary>
    public ImmutableArray<string> Everybody => graph.Order;

    public ServiceFacts this[string name]
    {
        get => _services[name];
        set
        {
            _services[name] = value;
            _touched.Add(name);
        }
    }

    public ImmutableDictionary<string, ServiceFacts> ToServices() => _services.ToImmutable();

    /// <summary>How the services stand now, when this is how they stood before the round.</summary>
    public GroupStanding ToStanding(GroupStanding before) =>
        _touched.Aggregate(before, (standing, name) => standing.With(name, services[name], this[name], graph));

    /// <summary>A service and those that its change can matter to: who needs it, and whom it needs.</summary>
    public ImmutableArray<string> Around(string name) =>
        [name, .. graph.Dependents[name], .. graph.DependenciesOf(name).Select(edge => edge.Service)];

    /// <summary>One service, where it is in the graph.</summary>
    public ImmutableArray<string> Only(string name) => graph.Contains(name) ? [name] : [];

    /// <summary>Applies the rules to some services, and says what each of them that is concerned must be told.</summary>
    public ImmutableArray<GroupEffect> Settle(ImmutableArray<string> affected)
    {
        foreach (var name in affected)
        {
            Suffer(name);
        }

        foreach (var name in affected)
        {
            LeaveIfFree(name);
        }

        var effects = ImmutableArray.CreateBuilder<GroupEffect>();
        foreach (var name in affected)
        {
            Regulate(name);
            Tell(name, effects);
        }

        return effects.DrainToImmutable();
    }

    /// <summary>Applies what a service's edges say about dependencies that were lost while it ran.</summary>
    private void Suffer(string name)
    {
        var facts = this[name];
        if (facts.IsLeaving || !facts.Phase.IsLive() || facts.Phase == ServicePhase.Stopping)
        {
            return;
        }

        var lost = Lost(name);
        if (lost.Any(edge => edge.OnLost == OnLost.Stop) && facts.Wanted == Wanted.Up)
        {
            this[name] = facts.Staying().Commanded(Wanted.Down);
        }
        else if (lost.Any(edge => edge.OnLost == OnLost.Restart))
        {
            this[name] = facts with { OwesRestart = true };
        }
        else if (facts.OwesRestart)
        {
            this[name] = facts.Staying() with { IsLeaving = true, Returns = true };
        }
    }

    /// <summary>Stops a leaving service once none of its dependents that are leaving too has a process, and starts it again if it returns.</summary>
    private void LeaveIfFree(string name)
    {
        var facts = this[name];
        if (!facts.IsLeaving)
        {
            return;
        }

        if (facts.IsDown && (facts.WasToldToStop || facts.Wanted == Wanted.Down))
        {
            Arrive(name, facts);
        }
        else if (!facts.WasToldToStop && (!facts.Phase.IsLive() || !IsNeededByLeaving(name)))
        {
            this[name] = facts.Commanded(Wanted.Down) with { WasToldToStop = true };
        }
    }

    // A restart of several services is a stop of all before a start of any: whoever came back early would meet
    // dependencies that are about to go.
    private void Arrive(string name, ServiceFacts facts)
    {
        if (!facts.Returns)
        {
            this[name] = facts.Staying();
        }
        else if (!graph.DependenciesOf(name).Any(edge => this[edge.Service] is { IsLeaving: true, IsDown: false }))
        {
            this[name] = facts.Staying().Commanded(Wanted.Up);
        }
    }

    private bool IsNeededByLeaving(string name) =>
        graph.Dependents[name].Any(dependent => this[dependent] is { IsLeaving: true, IsDown: false });

    /// <summary>Opens or closes the gate of one service.</summary>
    private void Regulate(string name)
    {
        var facts = this[name];
        var gate = GateFor(name, facts);
        if (gate != facts.Gate)
        {
            this[name] = facts with { Gate = gate };
        }
    }

    private Gate GateFor(string name, ServiceFacts facts)
    {
        if (facts.IsLeaving)
        {
            return Gate.Leaving;
        }

        var missing = Lost(name).Where(edge => !facts.IsAdmitted || edge.OnLost == OnLost.Hold).ToImmutableArray();
        return missing.IsEmpty
            ? Held(name, facts)
            : new(
                IsOpen: false,
                $"waits for {Culprits.Name(missing.Select(edge => edge.Service), missing.Length)}",
                StopsRun: facts.IsAdmitted && missing.Any(edge => edge.OnLost == OnLost.Hold)
            );
    }

    // Somebody else's node id or address is found out about before the launch. What runs is not stopped for it.
    private Gate Held(string name, ServiceFacts facts) =>
        meshHold.Length > 0 && name is MeshPlan.MeshService && !facts.IsAdmitted
            ? new(IsOpen: false, meshHold, StopsRun: false)
            : Gate.Open;

    private ImmutableArray<DependencyConfiguration> Lost(string name) =>
        [.. graph.DependenciesOf(name).Where(edge => !this[edge.Service].Phase.IsReady())];

    private void Tell(string name, ImmutableArray<GroupEffect>.Builder effects)
    {
        var (before, facts) = (services[name], this[name]);
        if (before.Gate == facts.Gate && before.Command == facts.Command)
        {
            return;
        }

        var number = facts.Told + 1;
        this[name] = facts with
        {
            Told = number,
            Commanding = before.Command == facts.Command ? facts.Commanding : number,
        };
        effects.Add(new(name, new(number, facts.Gate, facts.Command, facts.Wanted, facts.Grace)));
    }
}
