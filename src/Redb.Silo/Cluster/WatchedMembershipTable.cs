namespace Redb.Silo.Cluster;

/// <summary>Tells how the membership fares, and slows down who asks again and again while it does not answer.</summary>
internal sealed class WatchedMembershipTable(
    IMembershipTable inner,
    ClusterStanding standing,
    Suspicions suspicions,
    TimeProvider time
) : IMembershipTable
{
    // Orleans asks again after 200 ms, for as long as it takes.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public Task InitializeMembershipTableAsync(
        bool tryInitTableVersion,
        CancellationToken cancellationToken = default
    ) =>
        WatchAsync(
            () => inner.InitializeMembershipTableAsync(tryInitTableVersion, cancellationToken),
            cancellationToken
        );

    public Task DeleteMembershipTableEntriesAsync(string clusterId, CancellationToken cancellationToken = default) =>
        WatchAsync(() => inner.DeleteMembershipTableEntriesAsync(clusterId, cancellationToken), cancellationToken);

    public Task CleanupDefunctSiloEntriesAsync(
        DateTimeOffset beforeDate,
        CancellationToken cancellationToken = default
    ) => WatchAsync(() => inner.CleanupDefunctSiloEntriesAsync(beforeDate, cancellationToken), cancellationToken);

    public Task<MembershipTableData> ReadRowAsync(SiloAddress key, CancellationToken cancellationToken = default) =>
        WatchAsync(() => inner.ReadRowAsync(key, cancellationToken), cancellationToken);

    public Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken = default) =>
        WatchAsync(() => inner.ReadAllAsync(cancellationToken), cancellationToken);

    public Task<bool> InsertRowAsync(
        MembershipEntry entry,
        TableVersion tableVersion,
        CancellationToken cancellationToken = default
    ) => WatchAsync(() => inner.InsertRowAsync(entry, tableVersion, cancellationToken), cancellationToken);

    public async Task<bool> UpdateRowAsync(
        MembershipEntry entry,
        string etag,
        TableVersion tableVersion,
        CancellationToken cancellationToken = default
    ) =>
        !await suspicions.IsUnfoundedAsync(entry, cancellationToken)
        && await WatchAsync(
            () => inner.UpdateRowAsync(entry, etag, tableVersion, cancellationToken),
            cancellationToken
        );

    public Task UpdateIAmAliveAsync(MembershipEntry entry, CancellationToken cancellationToken = default) =>
        WatchAsync(() => inner.UpdateIAmAliveAsync(entry, cancellationToken), cancellationToken);

    // The older half of the interface: the same without a way to cancel.
    public Task InitializeMembershipTable(bool tryInitTableVersion) =>
        InitializeMembershipTableAsync(tryInitTableVersion, CancellationToken.None);

    public Task DeleteMembershipTableEntries(string clusterId) =>
        DeleteMembershipTableEntriesAsync(clusterId, CancellationToken.None);

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) =>
        CleanupDefunctSiloEntriesAsync(beforeDate, CancellationToken.None);

    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadRowAsync(key, CancellationToken.None);

    public Task<MembershipTableData> ReadAll() => ReadAllAsync(CancellationToken.None);

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        InsertRowAsync(entry, tableVersion, CancellationToken.None);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        UpdateRowAsync(entry, etag, tableVersion, CancellationToken.None);

    public Task UpdateIAmAlive(MembershipEntry entry) => UpdateIAmAliveAsync(entry, CancellationToken.None);

    private Task<bool> WatchAsync(Func<Task> ask, CancellationToken cancellationToken) =>
        WatchAsync(
            async () =>
            {
                await ask();
                return true;
            },
            cancellationToken
        );

    private async Task<T> WatchAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await ask();
            standing.Answered();
            return answer;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && failure is not ClusterException)
        {
            standing.Failed(failure);
            await Task.Delay(Pause, time, cancellationToken);
            throw;
        }
    }
}
