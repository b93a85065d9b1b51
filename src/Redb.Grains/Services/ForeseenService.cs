using Redb.Abstractions.Services;
using Redb.Grains.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Planning;
using Redb.Grains.Probes;

namespace Redb.Grains.Services;

/// <summary>One service of a <see cref="Foresight"/>: does with the machines what its grain will do with them.</summary>
internal sealed class ForeseenService
{
    private readonly ServicePlan _plan;
    private readonly ServiceMemory? _memory;
    private readonly ServicePolicy _policy;
    private ServiceState _state;
    private ProbeState _probes = new() { IsOver = true };
    private ServiceOrder _order;
    private RunId? _launched;

    /// <summary>A service without a process.</summary>
    /// <param name="plan">The service.</param>
    /// <param name="memory">What is remembered of it.</param>
    /// <param name="now">The time.</param>
    public ForeseenService(ServicePlan plan, ServiceMemory? memory, Moment now)
    {
        (_plan, _memory, _policy) = (plan, memory, plan.ToPolicy());
        _order = new(0, Gate.Unknown, memory?.Command ?? 0, memory?.Wanted ?? Wanted.Down, null);
        _state = memory?.ToState(now) ?? ServiceState.Initial;
        Step(new ServiceInput.Resumed(_state.Run, Pid: null), now);
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

        return _launched is { } run ? new(_plan.Order with { Run = run }, Remembered()) : null;
    }

    /// <summary>Its run has a process.</summary>
    public void Launched(int pid, Moment now) => Step(new ServiceInput.Launched(_state.Run, pid), now);

    /// <summary>Its run has said READY=1.</summary>
    public void Notified(Moment now) => Probe(new ProbeInput.Notified(), now);

    /// <summary>What it tells its group.</summary>
    public GroupInput Report() =>
        new GroupInput.ServiceChanged(_plan.Key.Service, _state.Phase, _state.Wanted, _order.Number);

    private void Step(ServiceInput input, Moment now)
    {
        // The sample only matters to whoever has failed.
        var (state, effects) = ServiceMachine.Next(_state, input, _policy, now, sample: 0);
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
