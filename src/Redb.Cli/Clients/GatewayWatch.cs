namespace Redb.Cli.Clients;

/// <summary>Hears that the one gateway of a client has closed the connection. Orleans itself lets calls that are under way run into their time-out.</summary>
internal sealed class GatewayWatch : IDisposable
{
    private readonly CancellationTokenSource _lost = new();

    /// <summary>Cancelled then.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Told by Orleans when no gateway is left.</summary>
    public void OnLost(object? sender, EventArgs lost) => _lost.CancelAfter(TimeSpan.Zero);

    public void Dispose() => _lost.Dispose();
}
