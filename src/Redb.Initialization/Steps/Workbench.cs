using Redb.Abstractions.Configuration;
using Redb.Database.Providers;
using Redb.Initialization.Database;
using Redb.Initialization.Keyring;
using Redb.Initialization.Passwords;
using Redb.Initialization.Progress;

namespace Redb.Initialization.Steps;

/// <summary>What the steps of one initialization share: the ports, what was decided, and what earlier steps have found.</summary>
internal sealed class Workbench(RedbConfiguration configuration, INodeKeyring keyring, IDatabaseChooser chooser)
{
    private INodeDatabase? _database;

    public RedbConfiguration Configuration => configuration;

    public INodeKeyring Keyring => keyring;

    public IDatabaseChooser Chooser => chooser;

    /// <summary>What is written down; the run writes it to the disk before anything is done.</summary>
    public required NodeRecord Record { get; set; }

    /// <summary>Where the data lives, once that step was looked at; in a plan it may not be written down yet.</summary>
    public ProviderRecord? Choice { get; set; }

    /// <summary>The same, for people.</summary>
    public string Place => chooser.PlaceOf(Chosen);

    /// <summary>What the hosts of a cluster share; null where there is nothing of the kind, or nothing to be done about it. Default null.</summary>
    public IClusterTables? Cluster { get; init; }

    /// <summary>Whether a role that has another password may be given the keyring's. Default false.</summary>
    public bool MayReplacePassword { get; init; }

    /// <summary>The role's password as the keyring has it; null in a plan in which it would be made.</summary>
    public string? Password { get; set; }

    /// <summary>How a change of the password stands that was interrupted; null when none was.</summary>
    public PasswordStanding? PasswordStanding { get; set; }

    /// <summary>Whether there is a server whose role has a password, as decided.</summary>
    public bool IsOnServer => Chosen.Provider == DatabaseProvider.Postgres;

    /// <summary>The tenant as the database has it; null in a plan in which it would be entered.</summary>
    public RecordedTenant? Tenant { get; set; }

    public INodeDatabase Database => _database ??= chooser.Open(Chosen);

    /// <summary>The password, where a step is done that cannot be done before there is one.</summary>
    public string KnownPassword =>
        Password ?? throw new InvalidOperationException("The step that makes the password comes first.");

    private ProviderRecord Chosen =>
        Choice ?? throw new InvalidOperationException("The step that chooses the database comes first.");
}
