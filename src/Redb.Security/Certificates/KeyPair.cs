namespace Redb.Security.Certificates;

/// <summary>A certificate and its private key as PEM.</summary>
internal sealed record KeyPair(string Certificate, string PrivateKey)
{
    // Else a log line could carry the key.
    public override string ToString() => nameof(KeyPair);
}
