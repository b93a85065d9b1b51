using System.Text.RegularExpressions;
using Redb.Abstractions.Configuration;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The <c>keyring</c> section.</summary>
internal static partial class KeyringSection
{
    /// <summary>The variable a master password belongs in.</summary>
    private const string PasswordVariable = "REDB_KEYRING_PASSWORD";

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private static readonly KeyringConfiguration Default = new();

    private static readonly Key<string> Backend = new(
        "backend",
        new ChoiceShape<string>([("auto", "auto"), ("system", "system"), ("file", "file")]),
        Default.Backend,
        "Where secrets are kept."
    )
    {
        Variable = "REDB_KEYRING_BACKEND",
    };

    private static readonly Key<string> Path = new(
        "path",
        TextShape.Any,
        Default.Path,
        "Keyring file; empty for the built-in place."
    )
    {
        Variable = "REDB_KEYRING_PATH",
    };

    private static readonly Key<string> MasterKey = new(
        "master_key",
        TextShape.Any,
        Default.MasterKey,
        $"Master password of the file keyring. Better set {PasswordVariable}."
    )
    {
        Variable = PasswordVariable,
        IsSecret = true,
    };

    private static readonly Key<string> ServiceName = new(
        "service_name",
        // A file joins an entry's service and user with a colon.
        new TextShape { Words = "text that is not empty and has no colon", Pattern = WithoutColon() },
        Default.ServiceName,
        "Prefix of our own entry names; services look for theirs under redb, and each secret is written under both."
    );

    private static readonly Key<TimeSpan> LockTimeout = new(
        "lock_timeout",
        new DurationShape(Shortest),
        Default.LockTimeout,
        "Longest wait for another writer of the keyring file."
    );

    private static readonly Key<TimeSpan> SystemTimeout = new(
        "system_timeout",
        new DurationShape(Shortest),
        Default.SystemTimeout,
        "Longest wait for one answer of the system's keyring."
    );

    public static Section Section { get; } =
        new("keyring", [Backend, Path, MasterKey, ServiceName, LockTimeout, SystemTimeout]);

    public static KeyringConfiguration Read(SectionReader section, ReadContext context)
    {
        var fromFile = context.OverrideOf(MasterKey) is null;
        var keyring = new KeyringConfiguration
        {
            Backend = section.Get(Backend),
            Path = section.Get(Path),
            MasterKey = section.Get(MasterKey),
            ServiceName = section.Get(ServiceName),
            LockTimeout = section.Get(LockTimeout),
            SystemTimeout = section.Get(SystemTimeout),
        };
        if (section.IsWritten(MasterKey) && (keyring.MasterKey.Length > 0 || !fromFile))
        {
            var consequence = fromFile
                ? "everyone who reads the file can open the keyring"
                : "it is ignored here because the variable is set";
            context.Warning(
                section.PathOf(MasterKey),
                $"is a secret and does not belong in a file; set {PasswordVariable} instead ({consequence})"
            );
        }

        return keyring;
    }

    [GeneratedRegex("^[^:]+$", RegexOptions.Singleline, TextShape.PatternTimeout)]
    private static partial Regex WithoutColon();
}
