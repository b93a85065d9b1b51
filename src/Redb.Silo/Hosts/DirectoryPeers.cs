using System.Collections.Immutable;
using Orleans.Runtime.Services;
using Redb.Abstractions.Hosts;
using Redb.Grains.Hosts;

namespace Redb.Silo.Hosts;

/// <summary>Reaches the directories of the other silos, each by its silo's address.</summary>
internal sealed class DirectoryPeers(
    IServiceProvider services,
    IClusterMembershipService membership,
    ILocalSiloDetails self
) : GrainServiceClient<IDirectoryService>(services), IDirectoryPeers
{
    private Reading? _last;

    /// <summary>Every silo in the membership, as the directory wants to know it; those of other programs left out.</summary>
    public ImmutableArray<DirectoryMember> Members
    {
        get
        {
            var snapshot = membership.CurrentSnapshot;
            if (_last is not { } last || !ReferenceEquals(last.Snapshot, snapshot))
            {
                // Asked for each second, and seldom another one.
                _last = last = new(snapshot, MembersOf(snapshot));
            }

            return last.Members;
        }
    }

    /// <summary>The active silos but this one.</summary>
    public ImmutableArray<ClusterMember> Others =>
        [
            .. membership.CurrentSnapshot.Members.Values.Where(member =>
                member.Status == SiloStatus.Active && !member.SiloAddress.Equals(self.SiloAddress)
            ),
        ];

    /// <summary>The directory of a silo.</summary>
    public IDirectoryService Of(ClusterMember member) => GetGrainService(member.SiloAddress);

    public async ValueTask ForgetAsync(string host)
    {
        foreach (var member in Others)
        {
            await Of(member).ForgetAsync(host);
        }
    }

    private static ImmutableArray<DirectoryMember> MembersOf(ClusterMembershipSnapshot snapshot) =>
        [
            .. snapshot
                .Members.Values.Select(member => (Member: member, Identity: SiloIdentity.Parse(member.Name)))
                .Where(one => one.Identity is not null)
                .Select(one => new DirectoryMember(
                    one.Member.Name,
                    one.Member.SiloAddress.Generation,
                    one.Identity!.Host,
                    one.Member.SiloAddress.Endpoint.ToString(),
                    one.Member.Status == SiloStatus.Dead
                ))
                // Of several lives the last one counts, and is heard last.
                .OrderBy(member => member.Generation),
        ];

    private sealed record Reading(ClusterMembershipSnapshot Snapshot, ImmutableArray<DirectoryMember> Members);
}
