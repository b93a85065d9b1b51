using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Redb.Keyring.Platforms.CredentialManager;

/// <summary>The Credential Manager of Windows, with the conventions of zalando/go-keyring: contract, section 5.5.</summary>
/// <param name="timeout">Longest wait for one answer.</param>
/// <param name="time">The clock of that wait.</param>
internal sealed unsafe class WindowsCredentials(TimeSpan timeout, TimeProvider time) : ISystemKeyring
{
    private static readonly KeyringEntry s_probe = new(new("redb-test", "test-key"), new("test-value"));

    public string Description => "the Credential Manager of Windows";

    public Task<string?> ProbeAsync(CancellationToken cancellationToken) =>
        WithinLimitAsync(
            () =>
            {
                try
                {
                    Write(s_probe);
                    return Delete(s_probe.Name) ? null : $"{Description} does not keep what it was given";
                }
                catch (KeyringException refusal)
                {
                    return refusal.Cause;
                }
            },
            cancellationToken
        );

    public Task<Secret?> GetAsync(EntryName name, CancellationToken cancellationToken) =>
        WithinLimitAsync(() => Read(name), cancellationToken);

    public Task SetAsync(IReadOnlyCollection<KeyringEntry> entries, CancellationToken cancellationToken) =>
        WithinLimitAsync(
            () =>
            {
                foreach (var entry in entries)
                {
                    Write(entry);
                }

                return entries.Count;
            },
            cancellationToken
        );

    public Task<int> DeleteAsync(IReadOnlyCollection<EntryName> names, CancellationToken cancellationToken) =>
        WithinLimitAsync(() => names.Count(Delete), cancellationToken);

    public Task<ImmutableArray<EntryName>> ListAsync(CancellationToken cancellationToken) =>
        WithinLimitAsync(List, cancellationToken);

    private Task<T> WithinLimitAsync<T>(Func<T> action, CancellationToken cancellationToken) =>
        Task.Run(action, cancellationToken).WaitAsync(timeout, time, cancellationToken);

    private Secret? Read(EntryName name)
    {
        Advapi.Credential* credential;
        if (Advapi.Read(CredentialRules.Target(name), Advapi.Generic, 0, &credential) == 0)
        {
            return Marshal.GetLastPInvokeError() == Advapi.NotFound ? null : throw Refused();
        }

        var secret = new Secret(Encoding.UTF8.GetString(credential->Blob, (int)credential->BlobBytes));
        Advapi.Free(credential);
        return secret;
    }

    private void Write(KeyringEntry entry)
    {
        if (CredentialRules.Refusal(entry) is { } refusal)
        {
            throw new KeyringException(
                KeyringFault.Unsuitable,
                $"'{entry.Name}' was not written",
                refusal,
                "set keyring.backend to file"
            );
        }

        var blob = Encoding.UTF8.GetBytes(entry.Secret.Reveal());
        fixed (char* target = CredentialRules.Target(entry.Name))
        fixed (char* user = entry.Name.User)
        fixed (byte* bytes = blob)
        {
            var credential = new Advapi.Credential
            {
                Type = Advapi.Generic,
                TargetName = target,
                UserName = user,
                Blob = bytes,
                BlobBytes = (uint)blob.Length,
                Persistence = Advapi.OfThisMachine,
            };
            if (Advapi.Write(&credential, 0) == 0)
            {
                throw Refused();
            }
        }
    }

    private bool Delete(EntryName name) =>
        Advapi.Delete(CredentialRules.Target(name), Advapi.Generic, 0) != 0
        || (Marshal.GetLastPInvokeError() == Advapi.NotFound ? false : throw Refused());

    private ImmutableArray<EntryName> List()
    {
        uint count;
        Advapi.Credential** credentials;
        if (Advapi.Enumerate(null, 0, &count, &credentials) == 0)
        {
            return Marshal.GetLastPInvokeError() == Advapi.NotFound ? [] : throw Refused();
        }

        var names = new List<EntryName>();
        for (var i = 0; i < count; i++)
        {
            var target = Marshal.PtrToStringUni((nint)credentials[i]->TargetName) ?? "";
            var user = Marshal.PtrToStringUni((nint)credentials[i]->UserName) ?? "";
            if (credentials[i]->Type == Advapi.Generic && CredentialRules.NameOf(target, user) is { } name)
            {
                names.Add(name);
            }
        }

        Advapi.Free(credentials);
        return [.. names.OrderBy(name => name.ToString(), StringComparer.Ordinal)];
    }

    private KeyringException Refused() =>
        new(
            KeyringFault.Unavailable,
            $"{Description} is not used",
            Marshal.GetLastPInvokeErrorMessage(),
            "see cmdkey /list, or set keyring.backend to file"
        );
}
