using Orleans.Configuration;
using Redb.Security.Calls;
using Redb.Security.Certificates;
using Redb.Security.Connections;

namespace Redb.Silo.Security;

/// <summary>What makes a silo talk to its own cluster only.</summary>
internal static class SiloSecurity
{
    /// <summary>Mutual TLS on every connection; a token and a role on every call from outside.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="credentials">What it shows and whom it believes.</param>
    /// <param name="cluster">The cluster's id.</param>
    /// <param name="options">Bounds of greetings.</param>
    /// <param name="time">Clock of certificates and tokens.</param>
    public static void UseCertificates(
        this ISiloBuilder silo,
        Credentials credentials,
        string cluster,
        GuardOptions options,
        TimeProvider time
    )
    {
        silo.Guard(
            new TlsListenerGuard(credentials, [IdentityKind.Host], time),
            // A host's own certificate lets in, too: it is what the tools of its owner show.
            new TlsListenerGuard(credentials, [IdentityKind.Tool, IdentityKind.Host], time),
            new TlsConnectorGuard(credentials, time),
            options,
            time
        );
        var seal = new SiloSeal(credentials, cluster, time);
        var tokens = new TokenJudge(credentials, cluster, new GateOptions(), time);
        silo.Services.AddSingleton<IOutgoingGrainCallFilter>(new SealingFilter(seal));
        silo.Services.AddSingleton<IIncomingGrainCallFilter>(services => new CallGate(
            tokens,
            seal,
            services.GetRequiredService<IRefusalLog>()
        ));
    }

    /// <summary>A common secret on every connection. Who knows it may do everything: it is the user that the silo runs as.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="key">The secret.</param>
    /// <param name="options">Bounds of greetings.</param>
    /// <param name="time">Their clock.</param>
    public static void UseLocalKey(this ISiloBuilder silo, LocalKey key, GuardOptions options, TimeProvider time)
    {
        var listener = new LocalKeyGuard(key, isListener: true);
        silo.Guard(listener, listener, new LocalKeyGuard(key, isListener: false), options, time);
    }

    private static void Guard(
        this ISiloBuilder silo,
        IConnectionGuard siloInbound,
        IConnectionGuard gatewayInbound,
        IConnectionGuard siloOutbound,
        GuardOptions options,
        TimeProvider time
    )
    {
        silo.Services.AddSingleton<IRefusalLog>(services => new RefusalLog(
            services.GetRequiredService<ILogger<RefusalLog>>(),
            time
        ));
        silo.Services.AddOptions<SiloConnectionOptions>()
            .Configure<IRefusalLog>(
                (connections, refusals) =>
                {
                    connections.ConfigureSiloInboundConnection(Guarded(siloInbound, refusals));
                    connections.ConfigureGatewayInboundConnection(Guarded(gatewayInbound, refusals));
                    connections.ConfigureSiloOutboundConnection(Guarded(siloOutbound, refusals));
                }
            );

        Action<Microsoft.AspNetCore.Connections.IConnectionBuilder> Guarded(
            IConnectionGuard guard,
            IRefusalLog refusals
        ) => new GuardedConnections(guard, options, time, refusals).Guard;
    }
}
