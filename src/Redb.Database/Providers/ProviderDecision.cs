using Redb.Abstractions.Configuration;
using Redb.Database.Failures;

namespace Redb.Database.Providers;

/// <summary>Decides what keeps a node's data: once, from what is configured and what answers; afterwards the record decides.</summary>
public static class ProviderDecision
{
    /// <summary>Whether the decision needs to know if PostgreSQL answers.</summary>
    public static bool NeedsServer(DatabaseProvider configured, ProviderRecord? record) =>
        (record?.Provider ?? configured) != DatabaseProvider.Embedded;

    /// <summary>The decision at initialization.</summary>
    /// <param name="configured"><c>database.provider</c>.</param>
    /// <param name="record">What was decided before; null at the first time.</param>
    /// <param name="refusal">Why PostgreSQL did not answer; null when it did, or was not asked.</param>
    /// <param name="now">The time.</param>
    /// <returns>What to do from now on, to be recorded; a failure where that contradicts what is there.</returns>
    public static Answer<ProviderRecord> Decide(
        DatabaseProvider configured,
        ProviderRecord? record,
        DatabaseFailure? refusal,
        DateTimeOffset now
    ) =>
        record switch
        {
            not null when Contradiction(configured, record) is { } contradiction => contradiction,
            { Provider: DatabaseProvider.Postgres } when refusal is not null => Gone(record, refusal),
            not null => record,
            null => DecideFirst(configured, refusal, now),
        };

    /// <summary>What is wrong with a configuration that asks for another provider than was recorded; null when it does not.</summary>
    public static DatabaseFailure? Contradiction(DatabaseProvider configured, ProviderRecord record) =>
        configured == DatabaseProvider.Auto || configured == record.Provider
            ? null
            : new(
                DatabaseFailureKind.Conflict,
                $"database.provider is {Word(configured)}, and this node keeps its data {Where(record.Provider)}",
                $"decided {record.DecidedAt:yyyy-MM-dd HH:mm} UTC: {record.Reason}",
                $"set database.provider to {Word(record.Provider)} or auto, or initialize a new node in another data folder"
            );

    /// <summary>What is wrong with a database that has another node than was recorded; null when it is the same.</summary>
    public static DatabaseFailure? OtherNode(ProviderRecord record, long nodeId) =>
        record.NodeId is null || record.NodeId == nodeId
            ? null
            : new(
                DatabaseFailureKind.Conflict,
                "the database belongs to another node",
                $"it has node {nodeId}, and this data folder was initialized as node {record.NodeId}",
                "correct database.name and database.postgres, or choose the data folder of that node"
            );

    private static Answer<ProviderRecord> DecideFirst(
        DatabaseProvider configured,
        DatabaseFailure? refusal,
        DateTimeOffset now
    ) =>
        (configured, refusal) switch
        {
            (DatabaseProvider.Embedded, _) => Record(DatabaseProvider.Embedded, "database.provider is embedded", now),
            (DatabaseProvider.Postgres, null) => Record(
                DatabaseProvider.Postgres,
                "database.provider is postgres",
                now
            ),
            (DatabaseProvider.Postgres, _) => refusal,
            (_, null) => Record(DatabaseProvider.Postgres, "PostgreSQL answered", now),
            _ => Record(DatabaseProvider.Embedded, $"{refusal.What}: {refusal.Cause}", now),
        };

    private static ProviderRecord Record(DatabaseProvider provider, string reason, DateTimeOffset now) =>
        new()
        {
            Provider = provider,
            Reason = reason,
            DecidedAt = now,
        };

    private static DatabaseFailure Gone(ProviderRecord record, DatabaseFailure refusal) =>
        refusal with
        {
            What = $"{refusal.What}; this node keeps its data there since {record.DecidedAt:yyyy-MM-dd HH:mm} UTC",
        };

    private static string Word(DatabaseProvider provider) =>
        provider == DatabaseProvider.Postgres ? "postgres" : "embedded";

    private static string Where(DatabaseProvider provider) =>
        provider == DatabaseProvider.Postgres ? "in PostgreSQL" : "in a file of its data folder";
}
