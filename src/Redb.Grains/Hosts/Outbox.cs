using System.Collections.Immutable;
using Redb.Abstractions.Instances;

namespace Redb.Grains.Hosts;

/// <summary>What a silo has to say of itself, and what it has told whom: each hears what is new to it. Pure.</summary>
internal sealed record Outbox
{
    // What a second of telling may cost at most: beyond that, changes are gathered for longer.
    private static readonly TimeSpan s_costOfService = TimeSpan.FromMicroseconds(20);

    private static readonly ImmutableSortedDictionary<string, (long Revision, GroupView View)> s_noGroups =
        ImmutableSortedDictionary.Create<string, (long, GroupView)>(StringComparer.Ordinal);

    /// <summary>Name of the silo.</summary>
    public required string Silo { get; init; }

    /// <summary>Which life of it.</summary>
    public required long Generation { get; init; }

    /// <summary>Who it is.</summary>
    public required HostFacts Facts { get; init; }

    /// <summary>Counts what there is to say; 1 says that it is there.</summary>
    public long Revision { get; init; } = 1;

    /// <summary>Its groups, each with the revision that it changed with.</summary>
    public ImmutableSortedDictionary<string, (long Revision, GroupView View)> Groups { get; init; } = s_noGroups;

    /// <summary>By name of the other silo and which life of it: what it was told up to.</summary>
    public ImmutableDictionary<(string Silo, long Generation), long> Told { get; init; } =
        ImmutableDictionary<(string, long), long>.Empty;

    /// <summary>Pause between two tellings of changes.</summary>
    /// <param name="services">How many services the changed groups have.</param>
    /// <param name="peers">How many hear of them.</param>
    /// <param name="shortest">The shortest.</param>
    /// <param name="longest">The longest.</param>
    public static TimeSpan Pause(int services, int peers, TimeSpan shortest, TimeSpan longest)
    {
        var cost = s_costOfService * services * peers;
        return cost < shortest ? shortest
            : cost > longest ? longest
            : cost;
    }

    /// <summary>A group changed.</summary>
    public Outbox Changed(GroupView view) =>
        this with
        {
            Revision = Revision + 1,
            Groups = Groups.SetItem(view.Group, (Revision + 1, view)),
        };

    /// <summary>It was asked to end.</summary>
    public Outbox Leaving() => this with { Revision = Revision + 1, Facts = Facts with { IsLeaving = true } };

    /// <summary>Somebody has not heard everything, and is told everything next.</summary>
    public Outbox Missed(string silo) =>
        this with
        {
            Told = Told.RemoveRange(Told.Keys.Where(key => key.Silo == silo)),
        };

    /// <summary>What to tell whom now; who is not named any more is told everything when they are named again.</summary>
    public (Outbox After, ImmutableArray<HostReport> Reports) Tell(ImmutableArray<(string Silo, long Generation)> peers)
    {
        var reports = new Dictionary<long, HostReport>();
        ImmutableArray<HostReport> told = [.. peers.Select(peer => Since(Told.GetValueOrDefault(peer)))];
        return (this with { Told = peers.Distinct().ToImmutableDictionary(peer => peer, _ => Revision) }, told);

        // Most have heard the same.
        HostReport Since(long revision) =>
            reports.TryGetValue(revision, out var report) ? report : reports[revision] = ReportSince(revision);
    }

    private HostReport ReportSince(long revision) =>
        new(
            Silo,
            Generation,
            revision,
            Revision,
            Facts,
            [.. Groups.Values.Where(group => group.Revision > revision).Select(group => group.View)]
        );
}
