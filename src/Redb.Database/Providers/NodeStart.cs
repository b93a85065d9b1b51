using Redb.Abstractions.Configuration;
using Redb.Database.Failures;
using Redb.Database.Nodes;

namespace Redb.Database.Providers;

/// <summary>What a normal start wants to know: whether the node was initialized, and who it is.</summary>
public static class NodeStart
{
    /// <summary>Checks record, schema and identity, and changes nothing.</summary>
    /// <param name="database">As configured.</param>
    /// <param name="folder">The group's data folder.</param>
    /// <param name="password">Password of the node's own role.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>
    /// Who the node is. A failure of the kind <see cref="DatabaseFailureKind.NotInitialized"/> or
    /// <see cref="DatabaseFailureKind.Conflict"/> is a reason not to start; one of another kind is the world's, and services that run
    /// already need not suffer from it.
    /// </returns>
    public static async Task<Answer<MeshIdentity>> ValidateAsync(
        DatabaseConfiguration database,
        string folder,
        string password,
        CancellationToken token
    )
    {
        var read = ProviderRecordFile.Read(folder);
        if (!read.IsGood)
        {
            return read.Failure;
        }

        if (read.Value is not { } record)
        {
            return NotInitialized($"nothing in {folder} says where its data is");
        }

        if (ProviderDecision.Contradiction(database.Provider, record) is { } contradiction)
        {
            return contradiction;
        }

        await using var store = NodeStores.Open(record.Provider, database, folder, password);
        return await IdentifyAsync(store, record, token);
    }

    private static async Task<Answer<MeshIdentity>> IdentifyAsync(
        INodeStore store,
        ProviderRecord record,
        CancellationToken token
    )
    {
        if (await store.FindSchemaFaultAsync(token) is { } fault)
        {
            return fault;
        }

        var identity = await store.FindMeshIdentityAsync(token);
        return !identity.IsGood ? identity.Failure
            : identity.Value is null ? NotInitialized("its database has no node")
            : ProviderDecision.OtherNode(record, identity.Value.NodeId) is { } other ? other
            : identity.Value;
    }

    private static DatabaseFailure NotInitialized(string cause) =>
        new(
            DatabaseFailureKind.NotInitialized,
            "this node has not been initialized",
            cause,
            "run redb-supervisor --initialize with the same --config"
        );
}
