using Redb.Database.Providers;
using Redb.Initialization.Progress;

namespace Redb.Initialization.Database;

/// <summary>Decides where a group's data lives, keeps the decision, and opens what was decided. What it refuses is an <see cref="InitializationException"/>.</summary>
internal interface IDatabaseChooser
{
    /// <summary>Where the server is that was found; null with the embedded database, and before one was looked for.</summary>
    RecordedServer? Server { get; }

    /// <summary>What was decided; null while nothing has been.</summary>
    ProviderRecord? Read();

    /// <summary>Keeps a decision; it is on the disk when this returns.</summary>
    void Write(ProviderRecord record);

    /// <summary>Looks what the decision would be; changes nothing.</summary>
    Task<ProviderRecord> DecideAsync(CancellationToken cancellationToken);

    /// <summary>Where the data is, for people.</summary>
    string PlaceOf(ProviderRecord record);

    /// <summary>The database that was decided on.</summary>
    INodeDatabase Open(ProviderRecord record);
}
