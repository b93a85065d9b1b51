using Redb.Abstractions.Configuration;
using Redb.Database.Embedded;
using Redb.Database.Failures;
using Redb.Database.Providers;
using Redb.Initialization.Interview;
using Redb.Initialization.Progress;

namespace Redb.Initialization.Database;

/// <summary>Decides for PostgreSQL or the embedded database, keeps the decision in the node's folder, and opens what was decided on.</summary>
/// <param name="configuration">As configured.</param>
/// <param name="recorded">Where the server was at the initialization; null for nothing known.</param>
/// <param name="folder">The node's folder.</param>
/// <param name="administrator">The way in as administrator; null where nothing is to be decided, as at a start.</param>
/// <param name="time">Clock.</param>
internal sealed class DatabaseChooser(
    DatabaseConfiguration configuration,
    RecordedServer? recorded,
    string folder,
    Administrator? administrator,
    TimeProvider time
) : IDatabaseChooser
{
    private DatabaseConfiguration _configuration = Known(configuration, recorded);
    private bool _isServer;

    public RecordedServer? Server =>
        _isServer ? new(_configuration.Postgres.Host, _configuration.Postgres.Port) : recorded;

    public ProviderRecord? Read() => ProviderRecordFile.Read(folder).OrThrow();

    public void Write(ProviderRecord record) => ProviderRecordFile.Write(folder, record).ThrowIfAny();

    public async Task<ProviderRecord> DecideAsync(CancellationToken cancellationToken)
    {
        DatabaseFailure? refusal = null;
        if (administrator is not null && ProviderDecision.NeedsServer(configuration.Provider, record: null))
        {
            var (access, silence) = await administrator.SeekAsync(
                configuration.Provider == DatabaseProvider.Postgres,
                cancellationToken
            );
            refusal = silence;
            _isServer = access is not null;
            _configuration = access is null
                ? _configuration
                : _configuration with
                {
                    Postgres = _configuration.Postgres with { Host = access.Host, Port = access.Port },
                };
        }

        return ProviderDecision.Decide(configuration.Provider, record: null, refusal, time.GetUtcNow()).OrThrow();
    }

    public string PlaceOf(ProviderRecord record) =>
        record.Provider == DatabaseProvider.Embedded
            ? $"the embedded database {EmbeddedNodeStore.PathIn(folder)}"
            : $"PostgreSQL at {_configuration.Postgres.Host}:{_configuration.Postgres.Port}, database {configuration.Name}";

    public INodeDatabase Open(ProviderRecord record) =>
        new NodeDatabase(
            _configuration,
            record.Provider == DatabaseProvider.Embedded ? null : new NodeServer(administrator),
            password => NodeStores.Open(record.Provider, _configuration, folder, password),
            time
        );

    // What stands in a configuration or a variable of today goes before what held then.
    private static DatabaseConfiguration Known(DatabaseConfiguration configuration, RecordedServer? recorded)
    {
        var standard = new PostgresConfiguration();
        var said = configuration.Postgres;
        return recorded is null || said.Host != standard.Host || said.Port != standard.Port
            ? configuration
            : configuration with
            {
                Postgres = said with { Host = recorded.Host, Port = recorded.Port },
            };
    }
}
