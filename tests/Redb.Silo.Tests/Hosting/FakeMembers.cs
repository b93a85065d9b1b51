using System.Collections.Immutable;
using System.Net;

namespace Redb.Silo.Tests.Hosting;

/// <summary>A membership as a test states it.</summary>
internal sealed class FakeMembers(params (string Name, int Port, SiloStatus Status)[] members)
    : IClusterMembershipService
{
    private int _refreshes;

    public ClusterMembershipSnapshot CurrentSnapshot { get; set; } = Snapshot(1, members);

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

    public static SiloAddress AddressOf(int port) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), 1);

    public static ClusterMembershipSnapshot Snapshot(
        long version,
        params (string Name, int Port, SiloStatus Status)[] members
    ) =>
        new(
            members
                .Select(member => new ClusterMember(AddressOf(member.Port), member.Status, member.Name))
                .ToImmutableDictionary(member => member.SiloAddress),
            new(version)
        );

    /// <summary>How often it was read.</summary>
    public int Refreshes => Volatile.Read(ref _refreshes);

    public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _refreshes);
        return default;
    }

    public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();
}
