using Redb.Abstractions.Services;
using Redb.Configuration.Durations;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The <c>services.NAME.restart</c> section.</summary>
internal static class RestartSection
{
    private static readonly RestartPolicy Default = new();
    private static readonly DurationShape Delay = new(TimeSpan.Zero);

    private static readonly Key<RestartMode> Mode = new(
        "policy",
        new ChoiceShape<RestartMode>([
            ("always", RestartMode.Always),
            ("on-failure", RestartMode.OnFailure),
            ("never", RestartMode.Never),
        ]),
        Default.Mode,
        "Which exits are followed by a restart."
    );

    private static readonly Key<TimeSpan> InitialDelay = new(
        "initial_delay",
        Delay,
        Default.InitialDelay,
        "Wait before the second consecutive restart; the first is immediate."
    );
    private static readonly Key<TimeSpan> MaxDelay = new(
        "max_delay",
        Delay,
        Default.MaxDelay,
        "Longest wait between restarts; at least initial_delay."
    );
    private static readonly Key<double> Factor = new(
        "factor",
        new DecimalShape(1, 100),
        Default.Factor,
        "What each wait is multiplied by."
    );
    private static readonly Key<double> Jitter = new(
        "jitter",
        new DecimalShape(0, 1),
        Default.Jitter,
        "Share of each wait that is random."
    );
    private static readonly Key<TimeSpan> StableAfter = new(
        "stable_after",
        Delay,
        Default.StableAfter,
        "A run that lasts this long clears the failure count; 0s clears it at every exit."
    );
    private static readonly Key<int> MaxFailures = new(
        "max_failures",
        new WholeShape<int>(0, 1_000_000),
        Default.MaxFailures,
        "Consecutive failures tolerated; one more and the service is in CrashLoop."
    );

    public static Section Section { get; } =
        new("restart", [Mode, InitialDelay, MaxDelay, Factor, Jitter, StableAfter, MaxFailures]);

    public static RestartPolicy Read(SectionReader section, ReadContext context)
    {
        var policy = new RestartPolicy
        {
            Mode = section.Get(Mode),
            InitialDelay = section.Get(InitialDelay),
            MaxDelay = section.Get(MaxDelay),
            Factor = section.Get(Factor),
            Jitter = section.Get(Jitter),
            StableAfter = section.Get(StableAfter),
            MaxFailures = section.Get(MaxFailures),
        };
        if (policy.MaxDelay < policy.InitialDelay)
        {
            var (initial, max) = (GoDuration.Format(policy.InitialDelay), GoDuration.Format(policy.MaxDelay));
            var path = section.PathOf(section.IsWritten(MaxDelay) ? MaxDelay : InitialDelay);
            context.Error(path, $"max_delay ({max}) must be at least initial_delay ({initial})");
        }

        return policy;
    }
}
