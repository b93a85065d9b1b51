namespace Redb.Cli.Clients;

/// <summary>An open connection to one supervisor.</summary>
internal interface ISupervisorConnection : IAsyncDisposable
{
    /// <summary>Where references to its grains come from.</summary>
    IGrainFactory Grains { get; }
}
