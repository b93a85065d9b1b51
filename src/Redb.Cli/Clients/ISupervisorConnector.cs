using Redb.Abstractions.Supervision;

namespace Redb.Cli.Clients;

/// <summary>Opens connections to supervisors.</summary>
internal interface ISupervisorConnector
{
    /// <summary>Connects to the gateway of a supervisor within 5 s.</summary>
    /// <exception cref="CommandFailure">It does not answer; the cause says how.</exception>
    Task<ISupervisorConnection> ConnectAsync(SupervisorAddress address, CancellationToken cancellationToken);
}
