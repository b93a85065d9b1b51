using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Planning;
using Redb.Grains.Services;

namespace Redb.Grains.Tests.Instances;

/// <summary>
/// A whole group without a process or a clock: the group's machine, one machine per service, and a world in which
/// messages wait, processes become ready, die or refuse to end, and timers run out, in whatever order the dice say.
/// </summary>
internal sealed class GroupSimulation
{
    private readonly DependencyGraph _graph;
    private readonly Dictionary<string, Simulated> _services;
    private readonly Queue<GroupInput> _toGroup = new();
    private readonly ServicePolicy _policy;
    private GroupState _group;
    private long _tick;

    public GroupSimulation(ImmutableArray<DependencyGraph.Node> nodes, int maxFailures = 1_000_000)
    {
        _graph = new(nodes);
        _policy = new(new RestartPolicy { MaxFailures = maxFailures, Jitter = 0 }, new StopPolicy());
        _services = _graph.Order.ToDictionary(name => name, name => new Simulated(name), StringComparer.Ordinal);
        _group = GroupMachine.Begin(_graph, Now);
    }

    public List<string> Launches { get; } = [];

    public List<string> Ends { get; } = [];

    public GroupPhase Phase => _group.Phase;

    public IEnumerable<ServicePhase> Phases => _services.Values.Select(service => service.State.Phase);

    public ImmutableArray<string> Names => _graph.Order;

    private Moment Now => new(DateTimeOffset.UnixEpoch.AddSeconds(_tick), TimeSpan.FromSeconds(_tick));

    public void Ask(GroupInput input) => Tell(input);

    /// <summary>One thing of those that can happen now; <paramref name="dice"/> chooses.</summary>
    /// <returns>Whether anything could happen.</returns>
    public bool Step(int dice, bool isChaotic)
    {
        _tick++;
        var moves = Moves(isChaotic).ToList();
        if (moves.Count == 0)
        {
            return false;
        }

        moves[(int)((uint)dice % (uint)moves.Count)]();
        return true;
    }

    /// <summary>Lets everything happen that can, fairly, until nothing can.</summary>
    public void Settle(Random dice)
    {
        // Far above what a group of this size needs: one that has not come to rest by then never will.
        var budget = 2000 * (_services.Count + 1);
        while (Step(dice.Next(), isChaotic: false))
        {
            (--budget).Should().BePositive("a group that is left alone comes to rest");
        }
    }

    /// <summary>
    /// The supervisor dies and another one begins with what the journal holds. Every message and timer is lost, some processes end
    /// unseen, and the launch that was under way may never have come about.
    /// </summary>
    public void Crash(Random dice)
    {
        _toGroup.Clear();
        _group = GroupMachine.Recall(_graph, MemoryOfGroup(), name => _services[name].State.Phase, Now);
        foreach (var service in _services.Values)
        {
            service.Inbox.Clear();
            (service.Rung, service.Restart, service.Heard) = (null, null, 0);
            service.Obeyed = new(0, Gate.Unknown, service.Obeyed.Command, service.State.Wanted, null);
            service.State = ServiceMemory.Of(service.State, process: null).ToState(Now);
            Resume(service, dice);
        }

        Tell(new GroupInput.Resumed(IsFresh: false));
    }

    private GroupMemory MemoryOfGroup() =>
        new()
        {
            Wanted = _group.Wanted,
            WasReady = _group.WasReady,
            Members = _group.Services.ToImmutableDictionary(
                pair => pair.Key,
                pair => MemberMemory.Of(pair.Value),
                StringComparer.Ordinal
            ),
        };

    private void Resume(Simulated service, Random dice)
    {
        if (service.Process is { } process && dice.Next(8) > 0)
        {
            Tell(service, new ServiceInput.Resumed(process.Run, Pid: 1));
        }
        else if (service.Process is { } ended)
        {
            End(service, ended);
        }
        else
        {
            Tell(service, new ServiceInput.Resumed(service.State.Run, Pid: null));
        }
    }

    private IEnumerable<Action> Moves(bool isChaotic)
    {
        if (_toGroup.Count > 0)
        {
            yield return () => Tell(_toGroup.Dequeue());
        }

        foreach (var service in _services.Values)
        {
            foreach (var move in Moves(service, isChaotic))
            {
                yield return move;
            }
        }
    }

    private IEnumerable<Action> Moves(Simulated service, bool isChaotic)
    {
        // Messages may overtake each other.
        foreach (var order in service.Inbox.ToArray())
        {
            yield return () =>
            {
                service.Inbox.Remove(order);
                Obey(service, order);
            };
        }

        if (service.Process is { } process)
        {
            // A signalled process may well ignore the polite ones; nobody ignores SIGKILL.
            if (process.Killed || (process.Signalled && !isChaotic) || isChaotic)
            {
                yield return () => End(service, process);
            }

            if (!process.Ready && !process.Killed)
            {
                yield return () =>
                {
                    service.Process = process with { Ready = true };
                    Tell(service, new ServiceInput.StartedUp(process.Run));
                    Tell(service, new ServiceInput.BecameReady(process.Run));
                };
            }

            if (isChaotic && process.Ready)
            {
                yield return () =>
                {
                    service.Process = process with { Ready = false };
                    Tell(service, new ServiceInput.LostReadiness(process.Run, "simulated"));
                };
                yield return () => Tell(service, new ServiceInput.ProbeFailed(process.Run, "simulated"));
            }
        }

        if (service.Rung is { } rung && (isChaotic || service.Process is null or { Signalled: false }))
        {
            yield return () =>
            {
                service.Rung = null;
                Tell(service, rung);
            };
        }

        if (service.Restart is { } restart)
        {
            yield return () =>
            {
                service.Restart = null;
                Tell(service, restart);
            };
        }
    }

    private void End(Simulated service, Simulated.Child process)
    {
        service.Process = null;
        Ends.Add(service.Name);
        Tell(service, new ServiceInput.Exited(process.Run, new RunExit(1, null, Now.Wall)));
    }

    private void Tell(GroupInput input)
    {
        var (state, effects, _) = GroupMachine.Next(_group, input, _graph, Now);
        _group = state;
        (state.Phase, state.Reason)
            .Should()
            .Be(NaivePhases.Judge(state, _graph), "counting finds what a look at everybody finds");
        foreach (var effect in effects)
        {
            _services[effect.Service].Inbox.Add(effect.Order);
        }
    }

    private void Obey(Simulated service, ServiceOrder order)
    {
        if (order.Number <= service.Obeyed.Number)
        {
            return;
        }

        var before = service.Obeyed;
        service.Obeyed = order;
        Tell(service, new ServiceInput.GateChanged(order.Gate));
        if (order.Command > before.Command)
        {
            Tell(
                service,
                order.Wanted == Wanted.Up
                    ? new ServiceInput.StartRequested()
                    : new ServiceInput.StopRequested(order.Grace)
            );
        }

        service.Heard = order.Number;
        Report(service);
    }

    private void Tell(Simulated service, ServiceInput input)
    {
        var before = service.State;
        var (state, effects) = ServiceMachine.Next(before, input, _policy, Now, sample: 0);
        service.State = state;
        foreach (var effect in effects)
        {
            Perform(service, effect);
        }

        if (state != before)
        {
            Report(service);
        }
    }

    private void Report(Simulated service) =>
        _toGroup.Enqueue(
            new GroupInput.ServiceChanged(service.Name, service.State.Phase, service.State.Wanted, service.Heard)
        );

    private void Perform(Simulated service, ServiceEffect effect)
    {
        switch (effect)
        {
            case ServiceEffect.Launch launch:
                service.Process.Should().BeNull("a service never has two live runs");
                service.Process = new(launch.Run);
                Launches.Add(service.Name);
                Tell(service, new ServiceInput.Launched(launch.Run, Pid: 1));
                break;
            case ServiceEffect.Signal signal when service.Process is { } process && process.Run == signal.Run:
                service.Process = process with { Signalled = true, Killed = process.Killed || signal.Number == 9 };
                break;
            case ServiceEffect.ScheduleRung due:
                service.Rung = new(due.Run, due.Rung);
                break;
            case ServiceEffect.ScheduleRestart due:
                service.Restart = new(due.Run);
                break;
            case ServiceEffect.CancelRestart:
                service.Restart = null;
                break;
            case ServiceEffect.Forget:
                (service.Rung, service.Restart) = (null, null);
                break;
        }
    }

    private sealed class Simulated(string name)
    {
        public string Name => name;

        public ServiceState State { get; set; } = ServiceState.Initial;

        public ServiceOrder Obeyed { get; set; } = new(0, Gate.Unknown, 0, Wanted.Down, null);

        public long Heard { get; set; }

        public List<ServiceOrder> Inbox { get; } = [];

        public Child? Process { get; set; }

        public ServiceInput.RungDue? Rung { get; set; }

        public ServiceInput.RestartDue? Restart { get; set; }

        public sealed record Child(RunId Run, bool Ready = false, bool Signalled = false, bool Killed = false);
    }
}
