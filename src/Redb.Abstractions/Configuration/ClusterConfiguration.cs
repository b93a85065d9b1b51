namespace Redb.Abstractions.Configuration;

/// <summary>The <c>cluster</c> section: how the supervisors of one or several hosts find each other.</summary>
public sealed record ClusterConfiguration
{
    /// <summary>Where they find each other. Default <see cref="ClusterProvider.Embedded"/>: one machine.</summary>
    public ClusterProvider Provider { get; init; }

    /// <summary>Readable name of this host, first part of the keys of its groups. Default empty: the machine's name.</summary>
    public string HostName { get; init; } = "";

    /// <summary>Numeric address that other supervisors and tools reach this one on, and on which it listens. Default 127.0.0.1.</summary>
    public string AdvertisedAddress { get; init; } = "127.0.0.1";

    /// <summary>Port for other supervisors. Default 0: a free one on a loopback address, else 11111; at most 65535.</summary>
    public int SiloPort { get; init; }

    /// <summary>Port for tools. Default 0: a free one on a loopback address, else 30000; at most 65535.</summary>
    public int GatewayPort { get; init; }

    /// <summary>Folder that the supervisors of this host share, absolute. Default <c>~/.local/share/redb/cluster</c>.</summary>
    public string Directory { get; init; } = "";

    /// <summary>The database of <see cref="ClusterProvider.Postgres"/>.</summary>
    public ClusterConnectionConfiguration Connection { get; init; } = new();

    /// <summary>How soon a silent supervisor is declared dead. Default <see cref="FailureDetection.Normal"/>.</summary>
    public FailureDetection FailureDetection { get; init; }

    /// <summary>
    /// How long a silo that the others declared dead has lived at least before it restarts in place; doubled each time in a row. Default 5 s; 10 ms to a day.
    /// </summary>
    public TimeSpan RestartDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What doubling stops at, and the life after which the next one is the first again. Default 1 min; at least <see cref="RestartDelay"/>.</summary>
    public TimeSpan RestartMaxDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a start waits for members that cannot be reached, before it begins as an island: after a loss of power all hosts come back within moments.
    /// Default 2 s; 0, which does not wait, to a minute.
    /// </summary>
    public TimeSpan JoinPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Longest wait of an island that can join for services here that are starting: their registration fails while the supervisor restarts. Default 1 min,
    /// as long as a startup probe gives them; 0, which does not wait, to a day.
    /// </summary>
    public TimeSpan JoinMaxDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether other machines may reach this supervisor without TLS. Default false.</summary>
    public bool Insecure { get; init; }

    /// <summary>Certificates of the traffic between supervisors and with tools.</summary>
    public ClusterTlsConfiguration Tls { get; init; } = new();
}
