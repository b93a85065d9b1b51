using Redb.Abstractions.Services;
using Redb.Grains.Services;

namespace Redb.Grains.Tests.Services;

/// <summary>Plays inputs to a service's machine on a clock of its own, and remembers what it answered.</summary>
internal sealed class ServiceScript(RestartPolicy? restart = null, StopPolicy? stop = null)
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private TimeSpan _elapsed;

    public ServiceState State { get; private set; } = ServiceState.Initial with { Gate = Gate.Open };

    public ServicePhase Phase => State.Phase;

    public RunId Run => State.Run;

    public IReadOnlyList<ServiceEffect> Effects { get; private set; } = [];

    public Moment Now => new(Noon + _elapsed, _elapsed);

    public ServiceScript After(TimeSpan time)
    {
        _elapsed += time;
        return this;
    }

    public ServiceScript Play(ServiceInput input)
    {
        var policy = new ServicePolicy(restart ?? new() { Jitter = 0 }, stop ?? new());
        var (state, effects) = ServiceMachine.Next(State, input, policy, Now, sample: 0);
        (State, Effects) = (state, effects);
        return this;
    }

    public ServiceScript Gated(Gate gate)
    {
        State = State with { Gate = gate };
        return this;
    }

    public ServiceScript Started() =>
        Play(new ServiceInput.StartRequested()).Play(new ServiceInput.Launched(Run, Pid: 4711));

    public ServiceScript Ready() =>
        Started().Play(new ServiceInput.StartedUp(Run)).Play(new ServiceInput.BecameReady(Run));

    public ServiceScript Dies(int code = 1) => Play(new ServiceInput.Exited(Run, new RunExit(code, null, Now.Wall)));
}
