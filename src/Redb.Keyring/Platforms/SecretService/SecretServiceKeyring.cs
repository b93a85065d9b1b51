using System.Collections.Immutable;
using System.Globalization;

namespace Redb.Keyring.Platforms.SecretService;

/// <summary>The Secret Service of Linux desktops (GNOME Keyring, KWallet), with the conventions of zalando/go-keyring: contract, section 5.5.</summary>
/// <param name="timeout">Longest wait for one answer.</param>
/// <param name="time">The clock of that wait.</param>
/// <param name="missingBus">Null when there may be a session bus, else why there is none.</param>
internal sealed class SecretServiceKeyring(TimeSpan timeout, TimeProvider time, Func<string?> missingBus)
    : ISystemKeyring
{
    // How long a call may take to come back once it was told to give up, before it is left alone.
    private static readonly TimeSpan s_slack = TimeSpan.FromSeconds(1);

    private static readonly KeyringEntry s_probe = new(new("redb-test", "test-key"), new("test-value"));

    public string Description => "the Secret Service";

    public async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await VisitAsync(
                session =>
                {
                    session.Set(s_probe);
                    var isBack = s_probe.Secret.Equals(session.Get(s_probe.Name));
                    return session.Delete(s_probe.Name) && isBack
                        ? null
                        : $"{Description} does not give back what it was given";
                },
                cancellationToken
            );
        }
        catch (KeyringException refusal)
        {
            return refusal.Cause;
        }
    }

    public Task<Secret?> GetAsync(EntryName name, CancellationToken cancellationToken) =>
        VisitAsync(session => session.Get(name), cancellationToken);

    public Task SetAsync(IReadOnlyCollection<KeyringEntry> entries, CancellationToken cancellationToken) =>
        VisitAsync(
            session =>
            {
                foreach (var entry in entries)
                {
                    session.Set(entry);
                }

                return entries.Count;
            },
            cancellationToken
        );

    public Task<int> DeleteAsync(IReadOnlyCollection<EntryName> names, CancellationToken cancellationToken) =>
        VisitAsync(session => names.Count(session.Delete), cancellationToken);

    public Task<ImmutableArray<EntryName>> ListAsync(CancellationToken cancellationToken) =>
        VisitAsync(session => session.List(), cancellationToken);

    private async Task<T> VisitAsync<T>(Func<SecretServiceSession, T> visit, CancellationToken cancellationToken)
    {
        if (missingBus() is { } missing)
        {
            throw Unavailable(missing, "set keyring.backend to file, or start it in a session of a desktop");
        }

        try
        {
            // The calls block, and one of them for as long as a person looks for a password.
            return await Task.Run(() => Visit(visit), cancellationToken)
                .WaitAsync(timeout + s_slack, time, cancellationToken);
        }
        catch (DllNotFoundException)
        {
            throw Unavailable(
                $"{LibSecret.Library} is not installed",
                "install it (Debian: apt-get install libsecret-1-0), or set keyring.backend to file"
            );
        }
        catch (TimeoutException)
        {
            throw Silent();
        }
    }

    private T Visit<T>(Func<SecretServiceSession, T> visit)
    {
        using var cancellable = new Cancellable();
        using var limit = time.CreateTimer(
            static state => ((Cancellable)state!).Cancel(),
            cancellable,
            timeout,
            Timeout.InfiniteTimeSpan
        );
        try
        {
            using var session = SecretServiceSession.Open(cancellable.Handle);
            return visit(session);
        }
        catch (SecretServiceException refusal)
        {
            throw Explain(refusal, cancellable.IsCancelled);
        }
    }

    private KeyringException Explain(SecretServiceException refusal, bool isLate) =>
        refusal.IsLocked
            ? new(
                KeyringFault.Locked,
                $"{Description} is not used",
                isLate
                    ? $"it is locked, and nobody unlocked it within {Limit()}"
                    : $"it is locked, and was not unlocked: {refusal.Message}",
                "unlock it (log in to the desktop, or gnome-keyring-daemon --unlock), or set keyring.backend to file"
            )
        : isLate ? Silent()
        : Unavailable(refusal.Message, "see that its daemon runs in this session, or set keyring.backend to file");

    private KeyringException Silent() =>
        Unavailable(
            $"{Description} did not answer within {Limit()}",
            "see that its daemon runs in this session, or set keyring.backend to file"
        );

    private KeyringException Unavailable(string cause, string next) =>
        new(KeyringFault.Unavailable, $"{Description} is not used", cause, next);

    private string Limit() => timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";
}
