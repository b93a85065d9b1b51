namespace Redb.Abstractions.Configuration;

/// <summary>The <c>cluster.tls</c> section: PEM files, all three or none. <c>redbctl certs</c> makes them.</summary>
public sealed record ClusterTlsConfiguration
{
    /// <summary>Certificate of the cluster's own authority, absolute. Default empty: no TLS.</summary>
    public string Ca { get; init; } = "";

    /// <summary>Certificate of this host, absolute. Default empty: no TLS.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>Its private key, absolute. Default empty: no TLS.</summary>
    public string Key { get; init; } = "";

    /// <summary>Whether the traffic is protected.</summary>
    public bool IsConfigured => Ca.Length > 0 && Certificate.Length > 0 && Key.Length > 0;
}
