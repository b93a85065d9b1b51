using Redb.Abstractions.Configuration;
using Redb.Abstractions.Probes;
using Redb.Configuration.Reading;

namespace Redb.Configuration.Keys;

/// <summary>The <c>services.NAME.probes</c> section and the defaults its probes take from each other.</summary>
internal static class ProbesSection
{
    private static readonly SectionKey Startup = new(
        "startup",
        ProbeSection.Section,
        "Passes once per run. Asks what readiness asks, every second, 60 times, unless written otherwise."
    );
    private static readonly SectionKey Readiness = new(
        "readiness",
        ProbeSection.Section,
        "Says whether dependents may start."
    );
    private static readonly SectionKey Liveness = new(
        "liveness",
        ProbeSection.Section,
        "Failing ends the run. Heartbeat where readiness is, else none, unless written otherwise."
    );

    public static Section Section { get; } = new("probes", [Startup, Readiness, Liveness]);

    public static ProbeSet Read(SectionReader section, SupervisorConfiguration supervisor, ReadContext context)
    {
        var readinessSection = section.Get(Readiness);
        var readiness = ProbeSection.Read(readinessSection, readinessSection.Get(ProbeSection.Kind), null, supervisor);

        var startupSection = section.Get(Startup);
        var startup = ReadStartup(startupSection, readiness, supervisor);

        var livenessSection = section.Get(Liveness);
        var livenessDefault = readiness.Kind == ProbeKind.Heartbeat ? ProbeKind.Heartbeat : ProbeKind.None;
        var liveness = ProbeSection.Read(
            livenessSection,
            livenessSection.Get(ProbeSection.Kind, livenessDefault),
            null,
            supervisor
        );

        RefuseNotify(startupSection, startup, readiness, context);
        RefuseNotify(livenessSection, liveness, null, context);
        return new()
        {
            Startup = startup,
            Readiness = readiness,
            Liveness = liveness,
        };
    }

    private static ProbeConfiguration ReadStartup(
        SectionReader section,
        ProbeConfiguration readiness,
        SupervisorConfiguration supervisor
    )
    {
        var rhythm = new ProbeSet().Startup;
        var kind = section.Get(ProbeSection.Kind, readiness.Kind);
        var like =
            kind == readiness.Kind
                ? readiness with
                {
                    Interval = rhythm.Interval,
                    FailureThreshold = rhythm.FailureThreshold,
                    SuccessThreshold = rhythm.SuccessThreshold,
                }
                : rhythm with
                {
                    Timeout = ProbeSection.DefaultTimeout(kind, supervisor),
                };
        return ProbeSection.Read(section, kind, like, supervisor);
    }

    /// <summary>A process says READY=1 once: only readiness can wait for it, and the startup that stands for readiness.</summary>
    private static void RefuseNotify(
        SectionReader section,
        ProbeConfiguration probe,
        ProbeConfiguration? readiness,
        ReadContext context
    )
    {
        if (probe.Kind == ProbeKind.Notify && readiness?.Kind != ProbeKind.Notify)
        {
            context.Error(
                section.PathOf(ProbeSection.Kind),
                "notify is for readiness only; a process says READY=1 once"
            );
        }
    }
}
