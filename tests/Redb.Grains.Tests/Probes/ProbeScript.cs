using Redb.Abstractions.Probes;
using Redb.Abstractions.Services;
using Redb.Grains.Probes;
using Redb.Grains.Services;

namespace Redb.Grains.Tests.Probes;

/// <summary>Plays what is seen and heard of one run to its probes' machine, on a clock of its own.</summary>
internal sealed class ProbeScript(ProbeSet probes)
{
    public static readonly RunId Run = new(7);

    private TimeSpan _elapsed = TimeSpan.FromHours(1);

    public ProbeState State { get; private set; } = new() { Run = Run };

    /// <summary>What the last input was answered with.</summary>
    public IReadOnlyList<ProbeEffect> Effects { get; private set; } = [];

    /// <summary>Everything the service's machine was told.</summary>
    public List<ServiceInput> Told { get; } = [];

    public IEnumerable<ProbeEffect.Attempt> Attempts => Effects.OfType<ProbeEffect.Attempt>();

    public ProbeScript After(double seconds)
    {
        _elapsed += TimeSpan.FromSeconds(seconds);
        return this;
    }

    public ProbeScript Play(ProbeInput input)
    {
        var (state, effects) = ProbeMachine.Next(State, input, probes, new(DateTimeOffset.UnixEpoch, _elapsed));
        (State, Effects) = (state, effects);
        Told.AddRange(effects.OfType<ProbeEffect.Tell>().Select(tell => tell.Input));
        return this;
    }

    public ProbeScript Began() => Play(new ProbeInput.Began());

    public ProbeScript Hears(ServiceHealth health) => Play(new ProbeInput.Heartbeat(health));

    public ProbeScript Passes(ProbeRole role) => Play(new ProbeInput.Attempted(role, new(Passed: true, "")));

    public ProbeScript Fails(ProbeRole role, string reason = "tcp refused the connection") =>
        Play(new ProbeInput.Attempted(role, new(Passed: false, reason)));

    /// <summary>A run of a reDB service that has registered, says it is well, and answers on its port.</summary>
    public ProbeScript Ready() => Began().Hears(ServiceHealth.Healthy).Passes(ProbeRole.Readiness);
}
