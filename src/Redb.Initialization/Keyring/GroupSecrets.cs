using System.Collections.Immutable;
using Redb.Keyring;
using Redb.Keyring.MasterPasswords;
using Redb.Keyring.Names;

namespace Redb.Initialization.Keyring;

/// <summary>The keyring of a group as it is configured.</summary>
internal sealed class GroupSecrets(KeyringOpener opener, KeyringRequest request) : INodeKeyring
{
    private const string PasswordWork = "password";

    private GroupKeyring? _keyring;

    public string MasterPassword => _keyring?.MasterPassword?.Value.Reveal() ?? "";

    public ImmutableArray<string> Notices => _keyring?.Notices ?? [];

    public Task<KeyringStanding> LookAsync(CancellationToken cancellationToken) =>
        WordedAsync(async () =>
        {
            _keyring = await opener.OpenAsync(request with { Generates = false }, cancellationToken);
            if (_keyring.Backend == KeyringBackend.File && _keyring.MasterPassword is null)
            {
                return await IsBegunAsync(_keyring, cancellationToken)
                    ? throw new InitializationException(WithoutPassword(_keyring))
                    : new(false, $"make a master password and begin {_keyring.Store.Description}");
            }

            // One look inside: with another master password it does not open.
            await _keyring.GetAsync(SecretName.DatabasePassword, cancellationToken);
            return new KeyringStanding(true, $"{_keyring.Store.Description}{Source(_keyring.MasterPassword)}");
        });

    public Task CreateAsync(CancellationToken cancellationToken) =>
        WordedAsync(async () =>
            _keyring = await opener.OpenAsync(request with { Generates = true }, cancellationToken)
        );

    public Task<SecretStanding> ReadAsync(SecretName name, CancellationToken cancellationToken) =>
        WordedAsync(async () =>
        {
            var keyring = Opened();
            var secret = await keyring.GetAsync(name, cancellationToken);
            var isEverywhere = secret is not null && await keyring.StandsAsync(name, secret, cancellationToken);
            return new SecretStanding(secret?.Reveal(), isEverywhere);
        });

    public Task WriteAsync(SecretName name, string value, CancellationToken cancellationToken) =>
        WordedAsync(async () =>
        {
            await Opened().SetAsync(name, new(value), cancellationToken);
            return true;
        });

    public Task DeleteAsync(SecretName name, CancellationToken cancellationToken) =>
        WordedAsync(() => Opened().DeleteAsync(name, cancellationToken));

    public async Task<IDisposable> HoldPasswordAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Opened().HoldAsync(PasswordWork, cancellationToken);
        }
        catch (KeyringException busy) when (busy.Fault == KeyringFault.Busy)
        {
            throw new InitializationException(
                new(
                    FailureKind.Conflict,
                    "the database password is being changed by somebody else",
                    busy.Cause,
                    busy.Next
                )
            );
        }
        catch (KeyringException refused)
        {
            throw new InitializationException(Worded(refused));
        }
    }

    private GroupKeyring Opened() =>
        _keyring ?? throw new InvalidOperationException("The step that opens the keyring comes first.");

    private static async Task<bool> IsBegunAsync(GroupKeyring keyring, CancellationToken cancellationToken) =>
        !(await keyring.Store.ListAsync(cancellationToken)).IsEmpty;

    private static string Source(MasterPassword? password) =>
        password?.Source switch
        {
            MasterPasswordSource.Configured => ", with the configured master password",
            MasterPasswordSource.Generated => ", with the master password beside it",
            MasterPasswordSource.WellKnown => ", with the master password that everybody knows",
            _ => "",
        };

    private static Failure WithoutPassword(GroupKeyring keyring) =>
        new(
            FailureKind.Refused,
            $"{keyring.Store.Description} is there and cannot be opened",
            "no master password is configured, and none stands beside it",
            "set REDB_KEYRING_PASSWORD to the one it was made with; one that was made with --dev opens with --dev"
        );

    // What a keyring refuses becomes a failure here, once.
    private static async Task<T> WordedAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (KeyringException refused)
        {
            throw new InitializationException(Worded(refused));
        }
    }

    private static Failure Worded(KeyringException refused) =>
        new(KindOf(refused.Fault), refused.What, refused.Cause, refused.Next);

    private static FailureKind KindOf(KeyringFault fault) =>
        fault switch
        {
            KeyringFault.WrongPassword or KeyringFault.NoPassword or KeyringFault.TooOpen or KeyringFault.Locked =>
                FailureKind.Refused,
            KeyringFault.Busy => FailureKind.TimedOut,
            KeyringFault.RotationUnfinished => FailureKind.Conflict,
            _ => FailureKind.Failed,
        };
}
