using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

/// <summary>Silos and tables for tests of the membership.</summary>
internal static class Silos
{
    public static readonly DateTime Start = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    public static EmbeddedMembershipTable Table(string file, string cluster = "test") =>
        new(file, Options.Create(new ClusterOptions { ClusterId = cluster, ServiceId = cluster }));

    public static MembershipEntry Entry(
        int port,
        SiloStatus status = SiloStatus.Active,
        string name = "north#0a1b2c3d4e5f/default",
        int generation = 1
    ) =>
        new()
        {
            SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), generation),
            Status = status,
            SiloName = name,
            HostName = "north",
            ProxyPort = port + 1,
            StartTime = Start,
            IAmAliveTime = Start,
            SuspectTimes = [],
        };

    /// <summary>Adds a silo on top of whatever is there.</summary>
    public static async Task InsertAsync(IMembershipTable table, MembershipEntry entry)
    {
        var members = await table.ReadAllAsync(TestContext.Current.CancellationToken);
        (await table.InsertRowAsync(entry, members.Version.Next(), TestContext.Current.CancellationToken))
            .Should()
            .BeTrue();
    }
}
