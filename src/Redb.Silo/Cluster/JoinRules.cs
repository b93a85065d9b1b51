using Redb.Abstractions.Hosts;

namespace Redb.Silo.Cluster;

/// <summary>What a membership means to a silo that is about to join it.</summary>
internal static class JoinRules
{
    /// <summary>A live silo of another host that has the same name; null when there is none.</summary>
    public static (SiloIdentity Identity, SiloAddress Silo)? Namesake(
        SiloIdentity self,
        MembershipTableData members,
        DateTimeOffset now
    ) =>
        Living(members)
            .Where(member => member.Identity.Host == self.Host && !member.Identity.IsBeside(self))
            .Where(member => !IsStale(member.Row.Item1, now))
            .Select(member => ((SiloIdentity, SiloAddress)?)(member.Identity, member.Row.Item1.SiloAddress))
            .FirstOrDefault();

    /// <summary>A silo of this host whose process is gone; null when there is none.</summary>
    /// <param name="self">Who joins.</param>
    /// <param name="members">The membership.</param>
    /// <param name="isGone">Whether the process of a silo of this host is gone.</param>
    public static Tuple<MembershipEntry, string>? Gone(
        SiloIdentity self,
        MembershipTableData members,
        Func<SiloIdentity, bool> isGone
    ) =>
        Living(members)
            .Where(member => member.Identity.IsBeside(self) && isGone(member.Identity))
            .Select(member => member.Row)
            .FirstOrDefault();

    /// <summary>The silos of other hosts that nobody waits for; whether they are gone is still to be seen.</summary>
    public static IEnumerable<SiloAddress> Stale(SiloIdentity self, MembershipTableData members, DateTimeOffset now) =>
        Living(members)
            .Where(member => !member.Identity.IsBeside(self) && IsStale(member.Row.Item1, now))
            .Select(member => member.Row.Item1.SiloAddress);

    /// <summary>The first of some silos that is not declared dead yet; null when all are.</summary>
    public static Tuple<MembershipEntry, string>? Among(MembershipTableData members, IReadOnlySet<SiloAddress> silos) =>
        members.Members.FirstOrDefault(member =>
            member.Item1.Status != SiloStatus.Dead && silos.Contains(member.Item1.SiloAddress)
        );

    /// <summary>Whether a silo has given no sign of life for so long that nobody waits for it.</summary>
    public static bool IsStale(MembershipEntry entry, DateTimeOffset now)
    {
        var last = entry.IAmAliveTime > entry.StartTime ? entry.IAmAliveTime : entry.StartTime;
        return now.UtcDateTime - last > Detection.Stale;
    }

    private static IEnumerable<(SiloIdentity Identity, Tuple<MembershipEntry, string> Row)> Living(
        MembershipTableData members
    ) =>
        members
            .Members.Where(member => member.Item1.Status != SiloStatus.Dead)
            .Select(member => (Identity: SiloIdentity.Parse(member.Item1.SiloName), Row: member))
            .Where(member => member.Identity is not null)
            .Select(member => (member.Identity!, member.Row));
}
