using System.Collections.Immutable;
using Redb.Abstractions.Services;
using Redb.Grains.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Logs;
using Redb.Grains.Planning;
using Redb.Grains.Probes;

namespace Redb.Grains.Services;

/// <summary>One service of a <see cref="Foresight"/>: does with the machines what its grain will do with them.</summary>
internal sealed class ForeseenService
{
    private readonly ServicePlan _plan;
    private readonly ServiceMemory? _memory;
    private readonly ILogFiles _logs;
    private readonly ServicePolicy _policy;
    private readonly ImmutableArray<ServiceNews>.Builder _news = ImmutableArray.CreateBuilder<ServiceNews>();
    private ServiceState _state;
    private ProbeState _probes = new() { IsOver = true };
    private ServiceOrder _order;
    private RunId? _launched;

    private ForeseenService(ServicePlan plan, ServiceMemory? memory, ILogFiles logs, Resumption resumption, Moment now)
    {
        (_plan, _memory, _logs, _policy) = (plan, memory, logs, plan.ToPolicy());
        _order = new(0, Gate.Unknown, memory?.Command ?? 0, memory?.Wanted ?? Wanted.Down, null);
        (_state, var first) = resumption;
        Step(first, now);
    }

    public string Name => _plan.Key.Service;

    public ServicePhase Phase => _state.Phase;

    /// <summary>A service without a process; null for one that has one.</summary>
    /// <param name="plan">The service.</param>
    /// <param name="memory">What is remembered of it.</param>
    /// <param name="logs">Where the last words of a run are.</param>
    /// <param name="find">What became of its last run.</param>
    /// <param name="now">The time.</param>
    public static ForeseenService? Of(
        ServicePlan plan,
        ServiceMemory? memory,
        ILogFiles logs,
        Func<LaunchOrder, RunIdentity?, AdoptResult> find,
        Moment now
    )
    {
        var found = find(plan.Order with { Run = Resumption.Expected(memory) }, memory?.Process);
        return found is AdoptResult.Alive
            ? null
            : new ForeseenService(plan, memory, logs, Resumption.Of(memory, found, now), now);
    }

    /// <summary>Does what its group says.</summary>
    /// <returns>The launch that comes of it; null for none.</returns>
    public HeadStart? Obey(ServiceOrder order, Moment now)
    {
        (var heard, _order, _launched) = (_order.Command, order, null);
        Step(new ServiceInput.GateChanged(order.Gate), now);
        if (order.Command > heard)
        {
            Step(
                order.Wanted == Wanted.Up
                    ? new ServiceInput.StartRequested()
                    : new ServiceInput.StopRequested(order.Grace),
                now
            );
        }

        return _launched is { } run
            ? new(_plan.Order with { Run = run }, Remembered(), _news.DrainToImmutable())
            : null;
    }

    /// <summary>Its run has a process.</summary>
    public void Launched(int pid, Moment now) => Step(new ServiceInput.Launched(_state.Run, pid), now);

    /// <summary>Its run has said READY=1.</summary>
    public void Notified(Moment now) => Probe(new ProbeInput.Notified(), now);

    /// <summary>What it tells its group.</summary>
    public GroupInput Report() => new GroupInput.ServiceChanged(Name, _state.Phase, _state.Wanted, _order.Number);

    private void Step(ServiceInput input, Moment now)
    {
        var lastLines =
            input is ServiceInput.Exited
                ? string.Join('\n', _logs.ReadLast(_plan.Order.LogFile, ServiceStory.LinesOfExit))
                : "";

        // The sample only matters to whoever has to wait for the next try, and that is the affair of the grain.
        var (state, effects) = ServiceMachine.Next(_state, input, _policy, now, sample: 0);
        _news.AddRange(ServiceStory.Of(Name, _state, input, state, lastLines, now.Wall));
        _state = state;
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case ServiceEffect.Launch launch:
                    _launched = launch.Run;
                    break;
                case ServiceEffect.Probe probe:
                    _probes = new() { Run = probe.Run };
                    Probe(new ProbeInput.Began(), now);
                    break;
            }
        }
    }

    private void Probe(ProbeInput input, Moment now)
    {
        var (state, effects) = ProbeMachine.Next(_probes, input, _plan.Configuration.Probes, now);
        _probes = state;
        foreach (var tell in effects.OfType<ProbeEffect.Tell>())
        {
            Step(tell.Input, now);
        }
    }

    // The order itself is not heard yet: a successor must tell it again.
    private ServiceMemory Remembered() =>
        ServiceMemory.Of(_state, process: null) with
        {
            Command = _memory?.Command ?? 0,
            Overrides = _memory?.Overrides ?? new ServiceMemory().Overrides,
        };
}
