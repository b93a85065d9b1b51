using System.Collections.Immutable;

namespace Redb.Abstractions.Supervision;

/// <summary>
/// How tools find the running supervisor of a data folder: the JSON content (snake_case) of <c>DATA_DIR/supervisor.json</c>, written
/// (mode 0600) once the silo is active and removed when it stops.
/// </summary>
/// <param name="Pid">Process id of the supervisor.</param>
/// <param name="Host">Name of its host, the first part of every grain key.</param>
/// <param name="Groups">Ids of the groups it supervises.</param>
/// <param name="Gateway">Where grain clients connect: <c>127.0.0.1:30000</c>.</param>
/// <param name="ClusterId">Orleans cluster id.</param>
/// <param name="ServiceId">Orleans service id.</param>
/// <param name="Version">Version of the supervisor.</param>
public sealed record SupervisorAddress(
    int Pid,
    string Host,
    ImmutableArray<string> Groups,
    string Gateway,
    string ClusterId,
    string ServiceId,
    string Version
)
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "supervisor.json";

    /// <summary>What a tool proves itself with; null where the gateway lets anybody in.</summary>
    public SupervisorCredentials? Credentials { get; init; }

    /// <summary>The configuration files it read, absolute, one for each group. Default none: written by an earlier version.</summary>
    public ImmutableArray<string> ConfigurationFiles { get; init; } = [];

    /// <summary>Where relative paths in those files start from. Default empty, as above.</summary>
    public string WorkingDirectory { get; init; } = "";
}
