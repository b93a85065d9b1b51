using Redb.Cli.Clients;
using Redb.Cli.Rendering;

namespace Redb.Cli.Commands;

/// <summary>What commands need of the world.</summary>
/// <param name="Terminal">Where they write.</param>
/// <param name="Time">Their clock.</param>
/// <param name="Connector">How they reach supervisors.</param>
/// <param name="Supervisors">How they find them.</param>
/// <param name="IsDebugged">Whether what nobody foresaw is shown with its stack.</param>
internal sealed record CommandContext(
    Terminal Terminal,
    TimeProvider Time,
    ISupervisorConnector Connector,
    SupervisorDirectory Supervisors,
    bool IsDebugged
)
{
    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>How long a supervisor of this machine may not answer while its process lives.</summary>
    public Persistence Persistence { get; init; } = Persistence.Standard;
}
