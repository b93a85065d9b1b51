using System.Collections.Immutable;

namespace Redb.Silo.Hosting;

/// <summary>The command line, read.</summary>
/// <param name="Files">Configuration files, one per instance group.</param>
/// <param name="Port">Replaces <c>supervisor.port</c>; null for the file's.</param>
/// <param name="DataDirectory">Replaces <c>supervisor.data_dir</c>; null for the file's.</param>
/// <param name="Dev">Whether missing executables are played by the stand-in.</param>
/// <param name="LeaveRunning">Whether a signal ends the supervisor alone, and its services run on.</param>
/// <param name="ValidateOnly">Whether to check the configuration and stop.</param>
/// <param name="Initialization">What is to be done about the initialization of the node.</param>
internal sealed record SupervisorOptions(
    ImmutableArray<string> Files,
    int? Port,
    string? DataDirectory,
    bool Dev,
    bool LeaveRunning,
    bool ValidateOnly,
    InitializationOptions Initialization
);
