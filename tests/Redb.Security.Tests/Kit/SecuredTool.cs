using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Redb.Security.Certificates;

namespace Redb.Security.Tests.Kit;

/// <summary>A grain client with a real connection.</summary>
internal sealed class SecuredTool : IAsyncDisposable
{
    private readonly IHost _host;

    private SecuredTool(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public IClusterClient Grains => _host.Services.GetRequiredService<IClusterClient>();

    public IGuardedGrain Grain => Grains.GetGrain<IGuardedGrain>("one");

    /// <summary>Connects, within 5 s.</summary>
    /// <param name="gateway">Where.</param>
    /// <param name="configure">As whom; null for nobody.</param>
    public static async Task<SecuredTool> ConnectAsync(IPEndPoint gateway, Action<IClientBuilder>? configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
        {
            client.UseStaticClustering(gateway);
            client.Configure<ClusterOptions>(options =>
                (options.ClusterId, options.ServiceId) = (Authority.Cluster, Authority.Cluster)
            );
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(5));
            configure?.Invoke(client);
        });
        var host = builder.Build();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), TimeProvider.System);
        try
        {
            await host.StartAsync(patience.Token);
        }
        catch
        {
            host.Dispose();
            throw;
        }

        return new(host);
    }

    /// <summary>Connects with a certificate.</summary>
    public static Task<SecuredTool> ConnectAsync(IPEndPoint gateway, TlsFiles files, TimeProvider? time = null) =>
        ConnectAsync(
            gateway,
            client =>
                client.UseCertificate(
                    Credentials.Open(files, TimeProvider.System),
                    Authority.Cluster,
                    new(),
                    time ?? TimeProvider.System
                )
        );

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), TimeProvider.System);
        await _host.StopAsync(patience.Token);
        _host.Dispose();
    }
}
