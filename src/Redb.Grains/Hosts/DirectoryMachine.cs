using System.Collections.Immutable;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Journal;
using Redb.Grains.Services;
using static Redb.Grains.Hosts.DirectoryInput;

namespace Redb.Grains.Hosts;

/// <summary>
/// Decides what is known of every host. Pure. What is said twice, late or out of order changes nothing, and what was lost on the way is noticed
/// at the next sign of life.
/// </summary>
internal static class DirectoryMachine
{
    /// <summary>Knows nobody.</summary>
    public static ImmutableSortedDictionary<string, HostRecord> Empty { get; } =
        ImmutableSortedDictionary.Create<string, HostRecord>(StringComparer.Ordinal);

    /// <summary>Answers one input.</summary>
    /// <param name="records">What is known so far, by name of silo.</param>
    /// <param name="input">What was heard.</param>
    /// <param name="now">When.</param>
    public static DirectoryStep Next(
        ImmutableSortedDictionary<string, HostRecord> records,
        DirectoryInput input,
        Moment now
    ) =>
        input switch
        {
            Reported reported => Hear(records, reported.Report, now),
            MembersChanged changed => new(changed.Members.Aggregate(records, (all, one) => See(all, one, now)), []),
            Remembered remembered => new(
                remembered.Records.Aggregate(records, (all, one) => Recall(all, one, now)),
                []
            ),
            Slept slept => new(Map(records, record => record with { Heard = record.Heard + slept.Time }), []),
            ForgetRequested request => new(
                records.RemoveRange(
                    records.Values.Where(record => IsGone(record, request.Host)).Select(record => record.Silo)
                ),
                []
            ),
            _ => throw new NotSupportedException($"No way to answer {input}."),
        };

    /// <summary>Shows what is known.</summary>
    /// <param name="records">What is known.</param>
    /// <param name="silentAfter">A silo that is well never keeps silent for longer.</param>
    /// <param name="now">The present.</param>
    public static ImmutableArray<HostView> Show(
        ImmutableSortedDictionary<string, HostRecord> records,
        TimeSpan silentAfter,
        Moment now
    ) => [.. records.Values.Select(record => Show(record, silentAfter, now))];

    /// <summary>How a silo is, without its groups.</summary>
    /// <param name="record">What is known of it.</param>
    /// <param name="silentAfter">A silo that is well never keeps silent for longer.</param>
    /// <param name="now">The present.</param>
    public static HostState StateOf(HostRecord record, TimeSpan silentAfter, Moment now) =>
        record.Facts.IsLeaving ? HostState.Left
        : record.IsDead || now.Monotonic - record.Heard > silentAfter ? HostState.Unknown
        : HostState.Up;

    /// <summary>Whether two copies differ in no more than when the silos were last heard.</summary>
    public static bool SaysTheSame(
        ImmutableSortedDictionary<string, HostRecord> records,
        ImmutableSortedDictionary<string, HostRecord> others
    ) => records.Count == others.Count && records.Values.Zip(others.Values, SaysTheSame).All(isSame => isSame);

    // What a silo says of its groups has another revision each time.
    private static bool SaysTheSame(HostRecord record, HostRecord other) =>
        (record.Silo, record.Generation, record.Revision, record.IsDead, record.Facts)
        == (other.Silo, other.Generation, other.Revision, other.IsDead, other.Facts);

    private static DirectoryStep Hear(
        ImmutableSortedDictionary<string, HostRecord> records,
        HostReport report,
        Moment now
    )
    {
        var known = records.GetValueOrDefault(report.Silo);
        if (known is not null && known.Generation > report.Generation)
        {
            return new(records, []);
        }

        var isSameLife = known is not null && known.Generation == report.Generation;
        var heard = isSameLife ? known!.Revision : 0;
        var record = new HostRecord
        {
            Silo = report.Silo,
            Generation = report.Generation,
            Revision = heard,
            Facts = report.Facts,
            Groups = known?.Groups ?? HostRecord.NoGroups,
            HeardAt = now.Wall,
            Heard = now.Monotonic,
            // Whom the others declared dead may not have heard of it yet.
            IsDead = isSameLife && known!.IsDead,
        };
        if (report.Base > heard)
        {
            return new(records.SetItem(report.Silo, record), [report.Silo]);
        }

        if (report.Revision >= heard)
        {
            var all = report.Base == 0 ? HostRecord.NoGroups : record.Groups;
            record = record with
            {
                Revision = report.Revision,
                Groups = report.Groups.Aggregate(all, (groups, view) => groups.SetItem(view.Group, view)),
            };
        }

        // Only who has just begun may have had another name before.
        var others = report.Base == 0 ? WithoutPredecessors(records, record) : records;
        return new(others.SetItem(report.Silo, record), []);
    }

    // A supervisor that was given other groups has another name; the old one never comes back.
    private static ImmutableSortedDictionary<string, HostRecord> WithoutPredecessors(
        ImmutableSortedDictionary<string, HostRecord> records,
        HostRecord record
    ) =>
        records.RemoveRange(
            records
                .Values.Where(other =>
                    other.Silo != record.Silo
                    && other.Facts.Host == record.Facts.Host
                    && (other.IsDead || other.Facts.IsLeaving)
                    && other.Groups.Keys.Any(record.Groups.ContainsKey)
                )
                .Select(other => other.Silo)
        );

    private static ImmutableSortedDictionary<string, HostRecord> See(
        ImmutableSortedDictionary<string, HostRecord> records,
        DirectoryMember member,
        Moment now
    )
    {
        var known = records.GetValueOrDefault(member.Silo);
        if (known is null || known.Generation < member.Generation)
        {
            // Dead before it said anything: an earlier life of somebody who has gone, or will say more.
            return member.IsDead
                ? records
                : records.SetItem(
                    member.Silo,
                    new()
                    {
                        Silo = member.Silo,
                        Generation = member.Generation,
                        Facts = new(member.Host, member.Address, "", 0, default, IsLeaving: false),
                        Groups = known?.Groups ?? HostRecord.NoGroups,
                        HeardAt = now.Wall,
                        Heard = now.Monotonic,
                    }
                );
        }

        return known.Generation == member.Generation && known.IsDead != member.IsDead
            ? records.SetItem(member.Silo, known with { IsDead = member.IsDead })
            : records;
    }

    private static ImmutableSortedDictionary<string, HostRecord> Recall(
        ImmutableSortedDictionary<string, HostRecord> records,
        HostRecord record,
        Moment now
    ) =>
        records.ContainsKey(record.Silo)
            ? records
            : records.Add(
                record.Silo,
                record with
                {
                    Heard = ServiceMemory.At(record.HeardAt, now).Monotonic,
                    Revision = 0,
                }
            );

    private static bool IsGone(HostRecord record, string host) =>
        record.Facts.Host == host && (record.IsDead || record.Facts.IsLeaving || record.Revision == 0);

    private static ImmutableSortedDictionary<string, HostRecord> Map(
        ImmutableSortedDictionary<string, HostRecord> records,
        Func<HostRecord, HostRecord> change
    ) => records.SetItems(records.Select(pair => KeyValuePair.Create(pair.Key, change(pair.Value))));

    private static HostView Show(HostRecord record, TimeSpan silentAfter, Moment now)
    {
        var silence = now.Monotonic - record.Heard;
        var state = StateOf(record, silentAfter, now);
        return new()
        {
            Host = record.Facts.Host,
            Silo = record.Silo,
            State = state,
            Reason = Explain(record, state),
            SilentFor = silence > TimeSpan.Zero ? silence : TimeSpan.Zero,
            Address = record.Facts.Address,
            Version = record.Facts.Version,
            Pid = record.Facts.Pid,
            StartedAt = record.Facts.StartedAt,
            Groups = [.. record.Groups.Values.Select(view => Show(view, record, state, silence))],
        };
    }

    private static string Explain(HostRecord record, HostState state) =>
        state switch
        {
            HostState.Up => "",
            HostState.Left => "its supervisor was asked to end",
            _ when record.IsDead => "the other supervisors declared it dead",
            _ => "no sign of life",
        };

    // What a supervisor that ended has stopped stays stopped; anything else may have changed since.
    private static GroupView Show(GroupView view, HostRecord record, HostState state, TimeSpan silence)
    {
        if (
            (state == HostState.Up && record.Revision > 0)
            || (state == HostState.Left && view.Phase == GroupPhase.Stopped)
        )
        {
            return view;
        }

        return view with
        {
            Phase = GroupPhase.Unknown,
            Since = record.HeardAt,
            Reason = $"silent {Math.Floor(silence.TotalSeconds):0}s, was {view.Phase}",
            Services =
            [
                .. view.Services.Select(service =>
                    service.Phase == ServicePhase.Disabled
                        ? service
                        : service with
                        {
                            Phase = ServicePhase.Unknown,
                            Since = record.HeardAt,
                            Reason = $"silent {Math.Floor(silence.TotalSeconds):0}s, was {service.Phase}",
                        }
                ),
            ],
        };
    }
}
