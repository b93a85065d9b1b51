using Redb.Grains.Services;

namespace Redb.Grains.Probes;

/// <summary>Work to do after a step of <see cref="ProbeMachine"/>.</summary>
internal abstract record ProbeEffect
{
    private ProbeEffect() { }

    /// <summary>Make an attempt of a probe after a delay, and bring the result.</summary>
    public sealed record Attempt(ProbeRole Role, TimeSpan Delay) : ProbeEffect;

    /// <summary>Come back when the time for starting up is over.</summary>
    public sealed record ScheduleStartup(TimeSpan Delay) : ProbeEffect;

    /// <summary>Come back to see how long the service has been silent.</summary>
    public sealed record ScheduleSilence(TimeSpan Delay) : ProbeEffect;

    /// <summary>Tell the service's machine.</summary>
    public sealed record Tell(ServiceInput Input) : ProbeEffect;
}
