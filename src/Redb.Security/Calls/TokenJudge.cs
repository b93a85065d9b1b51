using Redb.Abstractions.Security;
using Redb.Security.Certificates;

namespace Redb.Security.Calls;

/// <summary>Finds out who made a call from outside.</summary>
/// <param name="credentials">Whom to believe.</param>
/// <param name="cluster">Id of this cluster.</param>
/// <param name="options">Bounds.</param>
/// <param name="time">Its clock.</param>
internal sealed class TokenJudge(Credentials credentials, string cluster, GateOptions options, TimeProvider time)
{
    private readonly KnownCertificates _certificates = new(credentials, options.MostSenders, time);
    private readonly SenderPins _senders = new(options.MostSenders);

    // Made up to the tolerance ahead of our clock, a token is accepted until the tolerance behind it.
    private readonly ReplayWindow _used = new(options.ClockTolerance * 2, options.MostTokens, time);

    /// <summary>Judges a token, and uses it up.</summary>
    /// <param name="bytes">What came with the call; null for nothing.</param>
    /// <param name="sender">Who the call says it is from.</param>
    /// <param name="grain">Whom it is for.</param>
    /// <param name="method">What is called.</param>
    /// <returns>Whose call it is.</returns>
    /// <exception cref="AccessRefusedException">It is nobody's.</exception>
    public CertificateIdentity Judge(byte[]? bytes, string sender, string grain, string method)
    {
        if (bytes is null)
        {
            throw new AccessRefusedException(RefusalReason.NoToken, "the call carries no token");
        }

        if (CallToken.Parse(bytes) is not { } token || _certificates.Find(token.Certificate) is not { } known)
        {
            throw new AccessRefusedException(RefusalReason.ForgedToken, "the call's token makes no sense");
        }

        var identity =
            known.Verdict.Identity ?? throw new AccessRefusedException(known.Verdict.Reason, known.Verdict.Text);
        CheckTime(token);
        using (var key = known.OpenKey())
        {
            if (!token.IsFor(new(cluster, sender, grain, method), key))
            {
                throw new AccessRefusedException(
                    RefusalReason.ForgedToken,
                    $"the token was not made for this call of {method} by {sender}"
                );
            }
        }

        CheckUse(token, sender, known.Thumbprint);
        return identity;
    }

    private void CheckTime(CallToken token)
    {
        var difference =
            time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(Plausible(token.IssuedMilliseconds));
        if (difference.Duration() > options.ClockTolerance)
        {
            throw new AccessRefusedException(
                RefusalReason.ClockDiffers,
                $"the token was made {Math.Abs(difference.TotalSeconds):F0} s {(difference > TimeSpan.Zero ? "ago" : "in the future")} by this host's clock, and {options.ClockTolerance.TotalSeconds} s are allowed"
            );
        }
    }

    private void CheckUse(CallToken token, string sender, string thumbprint)
    {
        // Only after the signature: else anybody could use up what others will send.
        switch (_used.Use(token.Nonce))
        {
            case ReplayWindow.Entry.Used:
                throw new AccessRefusedException(RefusalReason.Replayed, "the token was used before");
            case ReplayWindow.Entry.Full:
                throw new AccessRefusedException(
                    RefusalReason.TooManyCalls,
                    $"there were {options.MostTokens} calls within {options.ClockTolerance.TotalSeconds * 2} s"
                );
        }

        if (!_senders.Fits(sender, thumbprint))
        {
            throw new AccessRefusedException(
                RefusalReason.ForgedSender,
                $"the sender {sender} belongs to another certificate"
            );
        }
    }

    // Whatever was sent, the arithmetic holds.
    private static long Plausible(long milliseconds) =>
        Math.Clamp(
            milliseconds,
            DateTimeOffset.MinValue.ToUnixTimeMilliseconds(),
            DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        );
}
