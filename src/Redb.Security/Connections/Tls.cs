using System.Net.Security;
using System.Security.Authentication;

namespace Redb.Security.Connections;

/// <summary>What both ends of a TLS connection have in common.</summary>
internal static class Tls
{
    /// <summary>The versions spoken.</summary>
    public const SslProtocols Versions = SslProtocols.Tls13 | SslProtocols.Tls12;

    /// <summary>
    /// Lets the handshake itself pass with any certificate or none. The guards judge it right after, before a byte of the connection is used: TLS would only
    /// break off, and the refused peer would never learn why.
    /// </summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security",
        "CA5359",
        Justification = "The guards validate the certificate before the connection is used."
    )]
    public static RemoteCertificateValidationCallback JudgedLater { get; } = (_, _, _, _) => true;

    /// <summary>The innermost message, which names the cause.</summary>
    public static string CauseOf(Exception error) => error.InnerException is { } inner ? CauseOf(inner) : error.Message;
}
