using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Redb.Security.Calls;
using Redb.Security.Certificates;
using Redb.Security.Connections;

namespace Redb.Security;

/// <summary>What makes a grain client a tool that a guarded cluster lets in.</summary>
internal static class ToolSecurity
{
    /// <summary>Shows a certificate on every connection, and signs every call.</summary>
    public static void UseCertificate(
        this IClientBuilder client,
        Credentials credentials,
        string cluster,
        GuardOptions options,
        TimeProvider time
    )
    {
        client.Guard(new TlsConnectorGuard(credentials, time), options, time);
        client.Services.AddSingleton<IOutgoingGrainCallFilter>(services => new SigningFilter(
            credentials,
            cluster,
            services,
            time
        ));
    }

    /// <summary>Proves on every connection that it knows the key of the local silos.</summary>
    public static void UseLocalKey(this IClientBuilder client, LocalKey key, GuardOptions options, TimeProvider time) =>
        client.Guard(new LocalKeyGuard(key, isListener: false), options, time);

    private static void Guard(
        this IClientBuilder client,
        IConnectionGuard guard,
        GuardOptions options,
        TimeProvider time
    )
    {
        // The refusal reaches whoever opened the connection; there is nobody else to tell.
        var guarded = new GuardedConnections(guard, options, time, Silence.Instance);
        client.Configure<ClientConnectionOptions>(connections => connections.ConfigureConnection(guarded.Guard));
    }
}
