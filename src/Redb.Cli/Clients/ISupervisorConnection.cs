namespace Redb.Cli.Clients;

/// <summary>An open connection to one supervisor.</summary>
internal interface ISupervisorConnection : IAsyncDisposable
{
    /// <summary>Where references to its grains come from.</summary>
    IGrainFactory Grains { get; }

    /// <summary>Cancelled when the supervisor closes the connection, or dies: calls that wait for it then would wait in vain.</summary>
    CancellationToken Lost { get; }
}
