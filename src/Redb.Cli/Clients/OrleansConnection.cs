using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Redb.Cli.Clients;

/// <summary>A started Orleans client.</summary>
internal sealed class OrleansConnection : ISupervisorConnection
{
    private readonly ServiceProvider _services;
    private readonly GatewayWatch _gateway;

    private OrleansConnection(ServiceProvider services)
    {
        _services = services;
        _gateway = services.GetRequiredService<GatewayWatch>();
        Grains = services.GetRequiredService<IClusterClient>();
    }

    public IGrainFactory Grains { get; }

    public CancellationToken Lost => _gateway.Lost;

    /// <summary>Starts the client composed in <paramref name="services"/> and owns them from then on.</summary>
    /// <exception cref="CommandFailure">The supervisor closed the connection meanwhile, or is no member of its cluster.</exception>
    public static async Task<OrleansConnection> OpenAsync(ServiceProvider services, CancellationToken cancellationToken)
    {
        var connection = new OrleansConnection(services);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(connection.Lost, cancellationToken);
        try
        {
            foreach (var service in services.GetServices<IHostedService>())
            {
                await service.StartAsync(either.Token);
            }

            return connection.KnowsSilos()
                ? connection
                : throw Answering.WentAway("it is no member of its cluster any more, or not yet");
        }
        catch (OperationCanceledException)
            when (connection.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await connection.DisposeAsync();
            throw Answering.WentAway("it closed the connection while that was made");
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    // The gateway of a silo that is about to end lists no silo at all, and no grain is to be found there.
    private bool KnowsSilos() =>
        _services.GetRequiredService<IClusterManifestProvider>().Current.Silos.Keys.Any(member => !member.IsClient);
}
