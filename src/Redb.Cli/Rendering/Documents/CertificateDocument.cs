namespace Redb.Cli.Rendering.Documents;

/// <summary>A certificate, as <c>redbctl certs show -o json</c> prints it.</summary>
/// <param name="Who">For whom it is.</param>
/// <param name="State"><c>valid</c>, <c>expires soon</c> (within 30 days), <c>expired</c> or <c>revoked</c>.</param>
/// <param name="NotAfter">Until when it is valid, RFC 3339.</param>
/// <param name="Serial">Its serial number in hexadecimal.</param>
/// <param name="File">Where it lies.</param>
internal sealed record CertificateDocument(string Who, string State, string NotAfter, string Serial, string File);
