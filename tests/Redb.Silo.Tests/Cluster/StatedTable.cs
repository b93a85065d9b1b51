namespace Redb.Silo.Tests.Cluster;

/// <summary>A membership as a test states it, which others change as often as it says.</summary>
internal sealed class StatedTable(params MembershipEntry[] entries) : IMembershipTable
{
    private int _version = 1;

    /// <summary>How many changes come too late.</summary>
    public int Late { get; set; }

    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    public Task<MembershipTableData> ReadAll() =>
        Task.FromResult(
            new MembershipTableData(
                [.. entries.Select(entry => Tuple.Create(Copy(entry), $"{_version}"))],
                new(_version, $"{_version}")
            )
        );

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion)
    {
        if (Late-- > 0 || etag != $"{_version}" || tableVersion.Version != _version + 1)
        {
            return Task.FromResult(false);
        }

        _version++;
        entries.Single(row => row.SiloAddress.Equals(entry.SiloAddress)).Status = entry.Status;
        return Task.FromResult(true);
    }

    public Task<MembershipTableData> ReadRow(SiloAddress key) => throw new NotSupportedException();

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => throw new NotSupportedException();

    public Task UpdateIAmAlive(MembershipEntry entry) => throw new NotSupportedException();

    public Task DeleteMembershipTableEntries(string clusterId) => throw new NotSupportedException();

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => throw new NotSupportedException();

    private static MembershipEntry Copy(MembershipEntry entry) =>
        new()
        {
            SiloAddress = entry.SiloAddress,
            Status = entry.Status,
            SiloName = entry.SiloName,
            HostName = entry.HostName,
            StartTime = entry.StartTime,
            IAmAliveTime = entry.IAmAliveTime,
            SuspectTimes = [],
        };
}
