using Redb.Abstractions.Security;

namespace Redb.Security.Certificates;

/// <summary>What was found about a certificate.</summary>
/// <param name="Identity">Who it speaks for; null when it is not believed.</param>
/// <param name="Reason">Why it is not believed.</param>
/// <param name="Text">The same for people, with what was measured.</param>
internal readonly record struct Verdict(CertificateIdentity? Identity, RefusalReason Reason, string Text)
{
    /// <summary>It is genuine.</summary>
    public static Verdict Of(CertificateIdentity identity) => new(identity, RefusalReason.Unknown, "");

    /// <summary>It is not believed.</summary>
    public static Verdict Refused(RefusalReason reason, string text) => new(null, reason, text);
}
