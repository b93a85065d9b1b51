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
    public static async Task<OrleansConnection> OpenAsync(ServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var service in services.GetServices<IHostedService>())
            {
                await service.StartAsync(cancellationToken);
            }

            return new(services);
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
