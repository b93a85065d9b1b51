using Redb.Keyring.Files;
using Redb.Keyring.MasterPasswords;
using Redb.Keyring.Names;
using Redb.Keyring.Rotation;

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
            return OfSystem();
        }

        var silence = await system.ProbeAsync(cancellationToken);
        return silence is null
            ? OfSystem($"keyring.backend auto: {system.Description} answers and is used")
            : await OpenFilesAsync(
                request,
                places,
                $"keyring.backend auto: {paths.Own} is used, because {silence}",
                cancellationToken
            );

        GroupKeyring OfSystem(params string[] notices) =>
            new(KeyringBackend.System, places, _ => system, HoldOf(places, OptionsOf(request, places)))
            {
                Notices = [.. notices],
            };

        string Absolute(string path) => Path.GetFullPath(path, request.WorkingDirectory);
    }

    private static KeyringFileOptions OptionsOf(KeyringRequest request, SecretPlaces places) =>
        new()
        {
            LockTimeout = request.Configuration.LockTimeout,
            IsFolderOwn = places.Paths.IsBuiltIn && request.Home.Length > 0,
        };

    private Func<string, CancellationToken, Task<IDisposable>> HoldOf(
        SecretPlaces places,
        KeyringFileOptions options
    ) =>
        async (work, cancellationToken) =>
            await FileLock.TakeAsync($"{places.Paths.Own}.{work}", options, _time, cancellationToken);

    private async Task<GroupKeyring> OpenFilesAsync(
        KeyringRequest request,
        SecretPlaces places,
        string choice,
        CancellationToken cancellationToken
    )
    {
        var options = OptionsOf(request, places);
        var own = places.Paths.Own;
        var password = Find();
        var rotated = await FinishRotationAsync(request, places.Paths, password, options, cancellationToken);
        if (rotated.Length > 0)
        {
            password = Find();
        }

        var isNew = password is null && request.Generates;
        if (isNew)
        {
            password = await MasterPasswordSearch.GenerateAsync(own, options, _time, cancellationToken);
        }

        string[] notices = [choice, rotated, isNew ? Generated(own, password) : Warning(password)];
        return new(
            KeyringBackend.File,
            places,
            file => StoreOf(file, password, places.Paths, options),
            HoldOf(places, options)
        )
        {
            MasterPassword = password,
            Notices = [.. notices.Where(notice => notice.Length > 0)],
            Rotates = current => new(places.Paths, current, options, _time),
        };

        MasterPassword? Find() =>
            MasterPasswordSearch.Find(request.Configuration.MasterKey, own, request.IsDev, options);
    }

    // A generated password is ours to replace. A configured one is written down where only people get at it, so one of them has to know.
    private async Task<string> FinishRotationAsync(
        KeyringRequest request,
        KeyringPaths paths,
        MasterPassword? password,
        KeyringFileOptions options,
        CancellationToken cancellationToken
    )
    {
        if (request.IsRotating || !KeyringRotation.IsUnfinished(paths.Own))
        {
            return "";
        }

        if (password is not { Source: MasterPasswordSource.Generated })
        {
            throw new KeyringException(
                KeyringFault.RotationUnfinished,
                $"{paths.Own} is not used",
                "a change of its master password was begun and not finished: a part of it may open with the old one only",
                "redbctl keyring rotate finishes it, with the old or the new password in REDB_KEYRING_PASSWORD"
            );
        }

        await foreach (var _ in new KeyringRotation(paths, password, options, _time).RunAsync(null, cancellationToken))
        { }

        return $"keyring: a change of the master password of {paths.Own} had been interrupted and is finished now";
    }

    private KeyringFile StoreOf(
        string file,
        MasterPassword? password,
        KeyringPaths paths,
        KeyringFileOptions options
    ) => new(file, password?.Value, options with { HoldsOthers = file == paths.Shared && file != paths.Own }, _time);

    private static string Generated(string keyring, MasterPassword? password) =>
        password is null
            ? ""
            : $"keyring: a master password was generated, {MasterPasswordFile.Beside(keyring)}: keep a copy of it, nothing opens the keyring without it";

    private static string Warning(MasterPassword? password) =>
        password?.Source == MasterPasswordSource.WellKnown
            ? "keyring: sealed with the password that everybody knows, as --dev allows; set REDB_KEYRING_PASSWORD for anything real"
            : "";
}
