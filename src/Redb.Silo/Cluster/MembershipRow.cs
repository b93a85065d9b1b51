using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Redb.Silo.Cluster;

/// <summary>A silo as a row of the membership file.</summary>
internal static class MembershipRow
{
    // Of one length and always UTC, so that texts sort as the times do.
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>The columns that <see cref="Read"/> takes, in order.</summary>
    public const string Columns = "address, etag, status, name, host, proxy_port, suspects, started_at, alive_at";

    /// <summary>Parameters <c>$1</c> to <c>$9</c>: key and columns, without the etag.</summary>
    public static object[] Values(string cluster, MembershipEntry entry) =>
        [
            cluster,
            entry.SiloAddress.ToParsableString(),
            (int)entry.Status,
            entry.SiloName ?? "",
            entry.HostName ?? "",
            entry.ProxyPort,
            Suspects(entry),
            Text(entry.StartTime),
            Text(entry.IAmAliveTime),
        ];

    /// <summary>The silo of a row, and its etag.</summary>
    public static Tuple<MembershipEntry, string> Read(SqliteDataReader row) =>
        Tuple.Create(
            new MembershipEntry
            {
                SiloAddress = SiloAddress.FromParsableString(row.GetString(0)),
                Status = (SiloStatus)row.GetInt32(2),
                SiloName = row.GetString(3),
                HostName = row.GetString(4),
                ProxyPort = row.GetInt32(5),
                SuspectTimes = Suspects(row.GetString(6)),
                StartTime = Time(row.GetString(7)),
                IAmAliveTime = Time(row.GetString(8)),
            },
            row.GetInt64(1).ToString(CultureInfo.InvariantCulture)
        );

    /// <summary>A time as it stands in the file.</summary>
    public static string Text(DateTime time) => time.ToString(TimeForm, CultureInfo.InvariantCulture);

    /// <summary>The number in an etag; one that is none of ours matches nothing.</summary>
    public static long Number(string? etag) =>
        long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static DateTime Time(string text) =>
        DateTime.ParseExact(
            text,
            TimeForm,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );

    private static string Suspects(MembershipEntry entry) =>
        JsonSerializer.Serialize(
            [.. (entry.SuspectTimes ?? []).Select(vote => $"{vote.Item1.ToParsableString()} {Text(vote.Item2)}")],
            MembershipJson.Default.StringArray
        );

    private static List<Tuple<SiloAddress, DateTime>> Suspects(string text) =>
        [
            .. (JsonSerializer.Deserialize(text, MembershipJson.Default.StringArray) ?? [])
                .Select(vote => vote.Split(' '))
                .Select(vote => Tuple.Create(SiloAddress.FromParsableString(vote[0]), Time(vote[1]))),
        ];
}
