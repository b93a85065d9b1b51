using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Redb.Silo.Cluster;

/// <summary>
/// The membership of a cluster on one machine. Every change carries the version that its writer read, and takes effect whole or not at all;
/// signs of life change neither a version nor an etag.
/// </summary>
internal sealed class EmbeddedMembershipTable(string path, IOptions<ClusterOptions> cluster)
    : IMembershipTable,
        IDisposable
{
    // A change takes less than a millisecond; whoever holds the file for longer hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly string _cluster = cluster.Value.ClusterId;
    private readonly Lock _turn = new();
    private MembershipFile? _file;

    public Task InitializeMembershipTable(bool tryInitTableVersion) =>
        InTurnAsync(file =>
            tryInitTableVersion
                ? file.Execute("INSERT INTO version VALUES ($1, 0) ON CONFLICT DO NOTHING", _cluster)
                : 0
        );

    public Task<MembershipTableData> ReadAll() => InTurnAsync(file => Read(file, silo: null));

    public Task<MembershipTableData> ReadRow(SiloAddress key) => InTurnAsync(file => Read(file, key));

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        InTurnAsync(file =>
            Change(
                file,
                tableVersion,
                () =>
                    file.Execute(
                        "INSERT INTO silo VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
                        MembershipRow.Values(_cluster, entry)
                    )
            )
        );

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        InTurnAsync(file =>
            Change(
                file,
                tableVersion,
                () =>
                    file.Execute(
                        "UPDATE silo SET etag = etag + 1, status = $3, name = $4, host = $5, proxy_port = $6, suspects = $7, started_at = $8, alive_at = $9 WHERE cluster = $1 AND address = $2 AND etag = $10",
                        [.. MembershipRow.Values(_cluster, entry), MembershipRow.Number(etag)]
                    )
            )
        );

    public Task UpdateIAmAlive(MembershipEntry entry) =>
        InTurnAsync(file =>
            file.Execute(
                "UPDATE silo SET alive_at = $3 WHERE cluster = $1 AND address = $2",
                _cluster,
                entry.SiloAddress.ToParsableString(),
                MembershipRow.Text(entry.IAmAliveTime)
            )
        );

    public Task DeleteMembershipTableEntries(string clusterId) =>
        InTurnAsync(file =>
        {
            using var transaction = file.Write();
            file.Execute("DELETE FROM silo WHERE cluster = $1", clusterId);
            file.Execute("DELETE FROM version WHERE cluster = $1", clusterId);
            transaction.Commit();
            return true;
        });

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) =>
        InTurnAsync(file =>
            file.Execute(
                "DELETE FROM silo WHERE cluster = $1 AND status = $2 AND max(started_at, alive_at) < $3",
                _cluster,
                (int)SiloStatus.Dead,
                MembershipRow.Text(beforeDate.UtcDateTime)
            )
        );

    public void Dispose()
    {
        lock (_turn)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private MembershipTableData Read(MembershipFile file, SiloAddress? silo)
    {
        // Rows and version of one moment.
        using var transaction = file.Read();
        var version = (long)(file.Scalar("SELECT version FROM version WHERE cluster = $1", _cluster) ?? 0L);
        using var command = silo is null
            ? file.Command($"SELECT {MembershipRow.Columns} FROM silo WHERE cluster = $1", _cluster)
            : file.Command(
                $"SELECT {MembershipRow.Columns} FROM silo WHERE cluster = $1 AND address = $2",
                _cluster,
                silo.ToParsableString()
            );
        var rows = new List<Tuple<MembershipEntry, string>>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                rows.Add(MembershipRow.Read(reader));
            }
        }

        return new(rows, new((int)version, version.ToString(CultureInfo.InvariantCulture)));
    }

    private bool Change(MembershipFile file, TableVersion version, Func<int> change)
    {
        using var transaction = file.Write();
        var isNewest =
            file.Execute(
                "UPDATE version SET version = $2 WHERE cluster = $1 AND version = $3",
                _cluster,
                version.Version,
                MembershipRow.Number(version.VersionEtag)
            ) == 1;
        if (!isNewest || change() != 1)
        {
            return false;
        }

        transaction.Commit();
        return true;
    }

    // Off the silo's own threads: another process may hold the file for a moment.
    private Task<T> InTurnAsync<T>(Func<MembershipFile, T> work) =>
        Task.Run(() =>
        {
            lock (_turn)
            {
                if (_file is not null && !File.Exists(path))
                {
                    // Others will make a new one, and we would go on among ourselves in a file without a name.
                    _file.Dispose();
                    _file = null;
                }

                return work(_file ??= MembershipFile.Open(path, Patience));
            }
        });
}
