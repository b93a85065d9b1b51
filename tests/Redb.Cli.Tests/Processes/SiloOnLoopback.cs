using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Redb.Abstractions.Supervision;
using Redb.Cli.Clients;
using Redb.Cli.Tests.Fakes;

namespace Redb.Cli.Tests.Processes;

/// <summary>A silo with a real gateway and the fake grains, and the address file that leads to it.</summary>
public sealed class SiloOnLoopback : IAsyncLifetime
{
    private readonly IHost _host;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("redbctl-silo-");
    private readonly int _gateway = FreePort();

    public SiloOnLoopback()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(World);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), _gateway);
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("redb", "redb"));
        });
        _host = builder.Build();
    }

    internal FakeWorld World { get; } = new();

    internal SupervisorAddress Address =>
        new(Environment.ProcessId, "alpha", ["default"], $"127.0.0.1:{_gateway}", "redb", "redb", "1.0");

    internal string DataDirectory => _folder.FullName;

    public async ValueTask InitializeAsync()
    {
        await _host.StartAsync();
        await File.WriteAllTextAsync(
            Path.Combine(DataDirectory, SupervisorAddress.FileName),
            JsonSerializer.Serialize(Address, AddressJsonContext.Default.SupervisorAddress)
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
