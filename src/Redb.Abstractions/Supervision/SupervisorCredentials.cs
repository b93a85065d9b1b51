namespace Redb.Abstractions.Supervision;

/// <summary>What a tool of a supervisor's own user proves itself with at the gateway: the key of the local silos, or the host's certificate.</summary>
/// <param name="LocalKey">The key, base64; null where certificates are used.</param>
/// <param name="Ca">File of the authorities; null where the key is used.</param>
/// <param name="Certificate">File of the host's certificate.</param>
/// <param name="PrivateKey">File of its private key.</param>
public sealed record SupervisorCredentials(string? LocalKey, string? Ca, string? Certificate, string? PrivateKey)
{
    /// <summary>Leaves the key out, so that an address can be printed.</summary>
    public override string ToString() => LocalKey is null ? $"certificate {Certificate}" : "local key";
}
