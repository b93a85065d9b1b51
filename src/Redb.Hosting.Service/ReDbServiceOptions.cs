using System.Net;

namespace Redb.Hosting.Service;

/// <summary>Who a service is, where it listens and which supervisor it belongs to.</summary>
public sealed class ReDbServiceOptions
{
    /// <summary>The supervisor address that means "none": the service runs stand-alone.</summary>
    public const string StandAlone = "standalone";

    /// <summary>Name under which the service is configured and registered, such as <c>core</c>. Required.</summary>
    public string Name { get; set; } = "";

    /// <summary>Version reported to the supervisor. Default <c>1.0.0</c>.</summary>
    public string Version { get; set; } = "1.0.0";

    /// <summary>Port of the gRPC listener, 0 to 65535. Default 0: any free port, and that one is registered.</summary>
    public int Port { get; set; }

    /// <summary>Address of the gRPC listener. Default the IPv4 loopback address, because nothing is authenticated.</summary>
    public IPAddress ListenAddress { get; set; } = IPAddress.Loopback;

    /// <summary>Host under which the supervisor can reach the listener. Default <c>localhost</c>.</summary>
    public string AdvertisedHost { get; set; } = "localhost";

    /// <summary><c>host:port</c> of the supervisor; empty or <see cref="StandAlone"/> for none.
    /// Default <c>localhost:50000</c>.</summary>
    public string Supervisor { get; set; } = "localhost:50000";

    /// <summary>Registration metadata beside <c>start_time</c>, which is always sent. Default empty.</summary>
    public IDictionary<string, string> Metadata { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What the service tells the supervisor about itself.</summary>
    public ReDbServiceCapabilities Capabilities { get; } = new();

    /// <summary>Keys whose change the <c>Configure</c> call reports as needing a restart. Default: the database's
    /// address and name, the server's host and port.</summary>
    public ISet<string> RestartKeys { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "database.url", "database.name", "server.port", "server.host" };

    /// <summary>Whether log lines go to the supervisor once its log stream is open. Default true; with false
    /// they stay on standard output.</summary>
    public bool StreamLogs { get; set; } = true;

    /// <summary>Whether SIGINT and SIGTERM are caught and ignored, so that only the <c>Stop</c> call ends the service.
    /// Default false.</summary>
    public bool IgnoreSignals { get; set; }

    /// <summary>How often to try to reach the supervisor at start before running stand-alone; 1 or more.
    /// Default null: without end.</summary>
    public int? RegistrationAttempts { get; set; }

    /// <summary>Log entries kept for a slow log stream, 1 or more; further ones are dropped and counted.
    /// Default 100.</summary>
    public int LogBufferEntries { get; set; } = 100;

    /// <summary>Wraps the handler that carries calls to the supervisor, for instance to add credentials.
    /// Default null: used as it is.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler>? WrapSupervisorHandler { get; set; }

    /// <summary>Every interval and bound of the service's life.</summary>
    public ReDbServiceTimings Timings { get; } = new();
}
