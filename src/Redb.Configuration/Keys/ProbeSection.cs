using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Probes;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>One probe of <c>services.NAME.probes</c>.</summary>
internal static partial class ProbeSection
{
    private static readonly ProbeConfiguration Default = new();
    private static readonly WholeShape<int> Threshold = new(1, 1_000_000);

    public static readonly Key<ProbeKind> Kind = new(
        "kind",
        new ChoiceShape<ProbeKind>([
            ("none", ProbeKind.None),
            ("heartbeat", ProbeKind.Heartbeat),
            ("grpc", ProbeKind.Grpc),
            ("controller", ProbeKind.Controller),
            ("http", ProbeKind.Http),
            ("tcp", ProbeKind.Tcp),
            ("exec", ProbeKind.Exec),
            ("notify", ProbeKind.Notify),
        ]),
        Default.Kind,
        "How the probe finds out."
    )
    {
        ComputedDefault = "heartbeat for readiness; what readiness is for startup; heartbeat or none for liveness",
    };

    private static readonly Key<TimeSpan> Interval = new(
        "interval",
        new DurationShape(TimeSpan.FromMilliseconds(10)),
        Default.Interval,
        "Time between two attempts."
    )
    {
        ComputedDefault = "supervisor.health_check_interval, for startup 1s",
    };

    private static readonly Key<TimeSpan> Timeout = new(
        "timeout",
        new DurationShape(TimeSpan.FromMilliseconds(1)),
        Default.Timeout,
        "How long one attempt may take; for heartbeats how long the service may be silent."
    )
    {
        ComputedDefault = "3s, for heartbeats supervisor.heartbeat_timeout",
    };

    private static readonly Key<int> FailureThreshold = new(
        "failure_threshold",
        Threshold,
        Default.FailureThreshold,
        "Consecutive failed attempts until the probe fails."
    )
    {
        ComputedDefault = "3, for startup 60",
    };

    private static readonly Key<int> SuccessThreshold = new(
        "success_threshold",
        Threshold,
        Default.SuccessThreshold,
        "Consecutive passed attempts until the probe passes."
    );
    private static readonly Key<int> Port = new(
        "port",
        new WholeShape<int>(0, PortTable.Highest),
        Default.Port,
        "Port to ask, before the offset; 0 for the gRPC port in the service's arguments."
    );
    private static readonly Key<string> Host = new(
        "host",
        TextShape.Any,
        Default.Host,
        "Host to ask; empty for the one in the service's arguments, or 127.0.0.1."
    );

    private static readonly Key<string> Path = new(
        "path",
        new TextShape { Words = "a path that starts with /", Pattern = FromRoot() },
        Default.Path,
        "Path of an http probe."
    );

    private static readonly Key<string> Service = new(
        "service",
        TextShape.Any,
        Default.Service,
        "Service name of a grpc probe; empty for the server as a whole."
    );
    private static readonly Key<ImmutableArray<string>> Command = new(
        "command",
        new ListShape<string>(TextShape.Any, "text"),
        Default.Command,
        "Program and arguments of an exec probe."
    );

    public static Section Section { get; } =
        new("probe", [Kind, Interval, Timeout, FailureThreshold, SuccessThreshold, Port, Host, Path, Service, Command]);

    /// <summary>Reads a probe whose kind is known.</summary>
    /// <param name="section">What is written.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="like">The probe that says what is not written; null for the general defaults.</param>
    /// <param name="supervisor">Says what the general defaults do not.</param>
    public static ProbeConfiguration Read(
        SectionReader section,
        ProbeKind kind,
        ProbeConfiguration? like,
        SupervisorConfiguration supervisor
    )
    {
        like ??= Default with { Interval = supervisor.HealthCheckInterval, Timeout = DefaultTimeout(kind, supervisor) };
        return new()
        {
            Kind = kind,
            Interval = section.Get(Interval, like.Interval),
            Timeout = section.Get(Timeout, like.Timeout),
            FailureThreshold = section.Get(FailureThreshold, like.FailureThreshold),
            SuccessThreshold = section.Get(SuccessThreshold, like.SuccessThreshold),
            Port = section.Get(Port, like.Port),
            Host = section.Get(Host, like.Host),
            Path = section.Get(Path, like.Path),
            Service = section.Get(Service, like.Service),
            Command = section.Get(Command, like.Command),
        };
    }

    /// <summary>How long an attempt of a kind may take where nothing is written.</summary>
    public static TimeSpan DefaultTimeout(ProbeKind kind, SupervisorConfiguration supervisor) =>
        kind == ProbeKind.Heartbeat ? supervisor.HeartbeatTimeout : Default.Timeout;

    [GeneratedRegex("^/", RegexOptions.None, TextShape.PatternTimeout)]
    private static partial Regex FromRoot();
}
