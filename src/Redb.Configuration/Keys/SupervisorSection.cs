using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The <c>supervisor</c> section.</summary>
internal static class SupervisorSection
{
    private static readonly SupervisorConfiguration Default = new();

    private static readonly Key<int> Port = new(
        "port",
        new WholeShape<int>(PortTable.Lowest, PortTable.Highest),
        Default.Port,
        "gRPC port of the supervisor, before instance_group.port_offset is added."
    )
    {
        Flag = Flags.Port,
    };

    private static readonly Key<string> BindAddress = new(
        "bind_address",
        TextShape.Address,
        Default.BindAddress,
        "Address the gRPC port is opened on."
    );

    private static readonly Key<string> DataDirectory = new(
        "data_dir",
        TextShape.NotEmpty,
        "",
        "Folder of the supervisor's own files; relative to the working directory."
    )
    {
        Flag = Flags.DataDirectory,
        ComputedDefault = "$XDG_DATA_HOME/redb/GROUP, else ~/.local/share/redb/GROUP, else /tmp/redb-GROUP",
    };

    private static readonly Key<TimeSpan> HealthCheckInterval = Duration(
        "health_check_interval",
        Default.HealthCheckInterval,
        "Default time between two readiness or liveness probes."
    );

    private static readonly Key<TimeSpan> HeartbeatTimeout = Duration(
        "heartbeat_timeout",
        Default.HeartbeatTimeout,
        "How long a registered service may be silent."
    );

    private static readonly Key<TimeSpan> ShutdownTimeout = Duration(
        "shutdown_timeout",
        Default.ShutdownTimeout,
        "How long a stop of the whole group may take before every process is killed."
    );

    public static Section Section { get; } =
        new("supervisor", [Port, BindAddress, DataDirectory, HealthCheckInterval, HeartbeatTimeout, ShutdownTimeout]);

    public static SupervisorConfiguration Read(SectionReader section, ReadContext context, string group) =>
        new()
        {
            Port = section.Get(Port),
            BindAddress = section.Get(BindAddress),
            DataDirectory = Folders.Resolve(
                section.Get(DataDirectory, Folders.DefaultFor(group, context.Input)),
                context.Input
            ),
            HealthCheckInterval = section.Get(HealthCheckInterval),
            HeartbeatTimeout = section.Get(HeartbeatTimeout),
            ShutdownTimeout = section.Get(ShutdownTimeout),
        };

    private static Key<TimeSpan> Duration(string name, TimeSpan fallback, string summary) =>
        new(name, new DurationShape(TimeSpan.FromMilliseconds(10)) { ZeroMeans = fallback }, fallback, summary);
}
