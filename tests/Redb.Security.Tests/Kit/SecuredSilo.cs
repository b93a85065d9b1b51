using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Redb.Security.Certificates;
using Redb.Silo.Security;

namespace Redb.Security.Tests.Kit;

/// <summary>A silo with real sockets on loopback.</summary>
internal sealed class SecuredSilo : IAsyncDisposable
{
    private readonly IHost _host;

    /// <summary>Composes it; nothing runs yet.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="membership">What the cluster shares.</param>
    /// <param name="guard">How it is guarded; null for a silo without.</param>
    /// <param name="logs">Where what it logs goes.</param>
    public SecuredSilo(
        string name,
        SharedMembership membership,
        Action<ISiloBuilder>? guard,
        ILoggerProvider? logs = null
    )
    {
        Name = name;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning);
        if (logs is not null)
        {
            builder.Logging.AddProvider(logs);
        }

        builder.UseOrleans(silo =>
        {
            silo.ConfigureEndpoints(IPAddress.Loopback, SiloPort.Port, Gateway.Port);
            silo.Configure<ClusterOptions>(options =>
                (options.ClusterId, options.ServiceId) = (Authority.Cluster, Authority.Cluster)
            );
            silo.Configure<SiloOptions>(options => options.SiloName = name);
            silo.Configure<ClusterMembershipOptions>(options =>
                options.ProbeTimeout = options.MaxProbeTimeout = TimeSpan.FromSeconds(1)
            );
            silo.Services.AddSingleton<IMembershipTable>(membership);
            silo.Services.AddSingleton<IFatalErrorHandler, Survivor>();
            guard?.Invoke(silo);
        });
        _host = builder.Build();
    }

    public string Name { get; }

    public IPEndPoint SiloPort { get; } = new(IPAddress.Loopback, FreePort());

    public IPEndPoint Gateway { get; } = new(IPAddress.Loopback, FreePort());

    public IServiceProvider Services => _host.Services;

    /// <summary>Members of the cluster that this one believes to be active.</summary>
    public IEnumerable<string> Active =>
        Services
            .GetRequiredService<IClusterMembershipService>()
            .CurrentSnapshot.Members.Values.Where(member => member.Status == SiloStatus.Active)
            .Select(member => member.Name)
            .Order(StringComparer.Ordinal);

    /// <summary>A guard with the certificates of a host.</summary>
    public static Action<ISiloBuilder> Certificates(TlsFiles files, TimeProvider? time = null) =>
        silo =>
            silo.UseCertificates(
                Credentials.Open(files, time ?? TimeProvider.System),
                Authority.Cluster,
                new(),
                time ?? TimeProvider.System
            );

    public Task StartAsync(CancellationToken cancellationToken = default) => _host.StartAsync(cancellationToken);

    private bool IsRunning =>
        Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested;

    public Task StopAsync(CancellationToken cancellationToken) => _host.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        if (IsRunning)
        {
            await _host.StopAsync(patience.Token);
            _host.Dispose();
        }
        else
        {
            // Orleans (10.4) does not stop a silo whose start was cancelled. Disposed of as it is, its grain directory asks for news of a membership
            // that has ended, again and again on a whole core; stopped part by part, it waits for its own end for ever when it is disposed of.
            await Services.GetRequiredService<ISiloLifecycleSubject>().OnStop(patience.Token);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Orleans ends the process of a silo that the others declared dead, as they may those that they do not let in: here it is the process of the tests.</summary>
    private sealed class Survivor : IFatalErrorHandler
    {
        public bool IsUnexpected(Exception exception) => true;

        public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null) { }
    }
}
