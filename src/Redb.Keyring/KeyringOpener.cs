using Redb.Keyring.Files;
using Redb.Keyring.MasterPasswords;
using Redb.Keyring.Names;

namespace Redb.Keyring;

/// <summary>Opens the keyring of a group: chooses the backend, finds the files and the master password.</summary>
public sealed class KeyringOpener
{
    private readonly Func<TimeSpan, ISystemKeyring> _systemOf;
    private readonly TimeProvider _time;

    /// <summary>An opener for this machine.</summary>
    /// <param name="time">The clock of every wait.</param>
    public KeyringOpener(TimeProvider time)
        : this(timeout => SystemKeyring.OfThisMachine(timeout, time), time) { }

    internal KeyringOpener(Func<TimeSpan, ISystemKeyring> systemOf, TimeProvider time)
    {
        _systemOf = systemOf;
        _time = time;
    }

    /// <summary>Opens the keyring.</summary>
    /// <exception cref="KeyringException">It cannot be opened as asked for.</exception>
    public async Task<GroupKeyring> OpenAsync(KeyringRequest request, CancellationToken cancellationToken)
    {
        var configured = request.Configuration;
        var relative = KeyringPaths.Of(configured.Path, request.Group, request.Home);
        var paths = new KeyringPaths(
            Absolute(relative.Own),
            Absolute(relative.Initializer),
            Absolute(relative.Shared),
            relative.IsBuiltIn
        );
        var places = new SecretPlaces(configured.ServiceName, request.Group, paths);
        if (configured.Backend == "file")
        {
            return await OpenFilesAsync(request, places, "", cancellationToken);
        }

        var system = _systemOf(configured.SystemTimeout);
        if (configured.Backend == "system")
        {
            return new(KeyringBackend.System, places, _ => system);
        }

        var silence = await system.ProbeAsync(cancellationToken);
        return silence is null
            ? new(KeyringBackend.System, places, _ => system)
            {
                Notices = [$"keyring.backend auto: {system.Description} answers and is used"],
            }
            : await OpenFilesAsync(
                request,
                places,
                $"keyring.backend auto: {paths.Own} is used, because {silence}",
                cancellationToken
            );

        string Absolute(string path) => Path.GetFullPath(path, request.WorkingDirectory);
    }

    private async Task<GroupKeyring> OpenFilesAsync(
        KeyringRequest request,
        SecretPlaces places,
        string choice,
        CancellationToken cancellationToken
    )
    {
        var options = new KeyringFileOptions
        {
            LockTimeout = request.Configuration.LockTimeout,
            IsFolderOwn = places.Paths.IsBuiltIn && request.Home.Length > 0,
        };
        var own = places.Paths.Own;
        var password = MasterPasswordSearch.Find(request.Configuration.MasterKey, own, request.IsDev, options);
        var isNew = password is null && request.Generates;
        if (isNew)
        {
            password = await MasterPasswordSearch.GenerateAsync(own, options, _time, cancellationToken);
        }

        return new(KeyringBackend.File, places, StoreOf)
        {
            MasterPassword = password,
            Notices =
            [
                .. new[] { choice, isNew ? Generated(own, password) : Warning(password) }.Where(notice =>
                    notice.Length > 0
                ),
            ],
        };

        IKeyring StoreOf(string file) =>
            new KeyringFile(
                file,
                password?.Value,
                options with
                {
                    HoldsOthers = file == places.Paths.Shared && file != own,
                },
                _time
            );
    }

    private static string Generated(string keyring, MasterPassword? password) =>
        password is null
            ? ""
            : $"keyring: a master password was generated, {MasterPasswordFile.Beside(keyring)}: keep a copy of it, nothing opens the keyring without it";

    private static string Warning(MasterPassword? password) =>
        password?.Source == MasterPasswordSource.WellKnown
            ? "keyring: sealed with the password that everybody knows, as --dev allows; set REDB_KEYRING_PASSWORD for anything real"
            : "";
}
