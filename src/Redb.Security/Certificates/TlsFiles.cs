namespace Redb.Security.Certificates;

/// <summary>Where a process finds what it shows and whom it believes.</summary>
/// <param name="Authorities">PEM bundle of the authorities it believes; while an authority is replaced, the old and the new one.</param>
/// <param name="Certificate">PEM of its own certificate; null for a tool that has none.</param>
/// <param name="PrivateKey">PEM of the private key; null where there is no certificate.</param>
internal sealed record TlsFiles(string Authorities, string? Certificate, string? PrivateKey)
{
    /// <summary>All of them, with the deny list beside the bundle.</summary>
    public IEnumerable<string> All =>
        new[] { Authorities, Certificate, PrivateKey, DenyList.BesideOf(Authorities) }.OfType<string>();
}
