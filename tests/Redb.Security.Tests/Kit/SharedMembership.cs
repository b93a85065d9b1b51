using System.Globalization;

namespace Redb.Security.Tests.Kit;

/// <summary>A membership table that silos of one test share as those of a cluster share a database: everybody can write into it, also who is refused by the silos.</summary>
internal sealed class SharedMembership : IMembershipTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SiloAddress, (MembershipEntry Entry, int Tag)> _rows = [];
    private int _version;

    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    public Task DeleteMembershipTableEntries(string clusterId)
    {
        lock (_gate)
        {
            _rows.Clear();
            return Task.CompletedTask;
        }
    }

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        lock (_gate)
        {
            foreach (var (silo, row) in _rows.ToList())
            {
                if (row.Entry.Status == SiloStatus.Dead && row.Entry.IAmAliveTime < beforeDate.UtcDateTime)
                {
                    _rows.Remove(silo);
                }
            }

            return Task.CompletedTask;
        }
    }

    public Task<MembershipTableData> ReadRow(SiloAddress key) => Task.FromResult(Read(silo => silo.Equals(key)));

    public Task<MembershipTableData> ReadAll() => Task.FromResult(Read(_ => true));

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => Write(entry, null, tableVersion);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        Write(entry, etag, tableVersion);

    public Task UpdateIAmAlive(MembershipEntry entry)
    {
        lock (_gate)
        {
            _rows[entry.SiloAddress].Entry.IAmAliveTime = entry.IAmAliveTime;
            return Task.CompletedTask;
        }
    }

    private static string Tag(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static MembershipEntry Copy(MembershipEntry entry) =>
        new()
        {
            SiloAddress = entry.SiloAddress,
            Status = entry.Status,
            SuspectTimes = entry.SuspectTimes is null ? null : [.. entry.SuspectTimes],
            ProxyPort = entry.ProxyPort,
            HostName = entry.HostName,
            SiloName = entry.SiloName,
            RoleName = entry.RoleName,
            UpdateZone = entry.UpdateZone,
            FaultZone = entry.FaultZone,
            StartTime = entry.StartTime,
            IAmAliveTime = entry.IAmAliveTime,
        };

    private MembershipTableData Read(Func<SiloAddress, bool> wanted)
    {
        lock (_gate)
        {
            return new(
                [
                    .. _rows
                        .Where(row => wanted(row.Key))
                        .Select(row => Tuple.Create(Copy(row.Value.Entry), Tag(row.Value.Tag))),
                ],
                new TableVersion(_version, Tag(_version))
            );
        }
    }

    private Task<bool> Write(MembershipEntry entry, string? tag, TableVersion version)
    {
        lock (_gate)
        {
            var isThere = _rows.TryGetValue(entry.SiloAddress, out var row);
            if (
                version.VersionEtag != Tag(_version)
                || isThere != (tag is not null)
                || (isThere && tag != Tag(row.Tag))
            )
            {
                return Task.FromResult(false);
            }

            _version = version.Version;
            _rows[entry.SiloAddress] = (Copy(entry), row.Tag + 1);
            return Task.FromResult(true);
        }
    }
}
