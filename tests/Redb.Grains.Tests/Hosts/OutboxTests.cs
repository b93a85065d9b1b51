using System.Collections.Immutable;
using CsCheck;
using Redb.Abstractions.Instances;
using Redb.Grains.Hosts;
using Redb.Grains.Services;

namespace Redb.Grains.Tests.Hosts;

public sealed class OutboxTests
{
    private static readonly (string, long) B = ("silo-b", 1);

    [Fact]
    public void Who_was_told_nothing_is_told_everything_and_then_only_what_is_new()
    {
        var outbox = New().Changed(View("one", 1)).Changed(View("two", 1));

        var (after, first) = outbox.Tell([B]);
        var (quiet, second) = after.Tell([B]);
        var (_, third) = quiet.Changed(View("two", 2)).Tell([B]);

        first[0].Groups.Should().HaveCount(2);
        (first[0].Base, second[0].Base, third[0].Base).Should().Be((0, 3, 3));
        second[0].Groups.Should().BeEmpty();
        third[0].Groups.Should().ContainSingle().Which.Version.Should().Be(2);
    }

    [Fact]
    public void A_later_life_of_a_silo_was_told_nothing()
    {
        var (after, _) = New().Changed(View("one", 1)).Tell([B]);

        after.Tell([("silo-b", 2)]).Reports[0].Base.Should().Be(0);
    }

    [Fact]
    public void Telling_costs_a_bounded_share_of_the_time()
    {
        var (shortest, longest) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1));

        Outbox.Pause(12, 2, shortest, longest).Should().Be(shortest);
        Outbox
            .Pause(120, 99, shortest, longest)
            .Should()
            .BeCloseTo(TimeSpan.FromMilliseconds(238), TimeSpan.FromMilliseconds(1));
        Outbox.Pause(10_000, 99, shortest, longest).Should().Be(longest);
    }

    // Whatever is lost or overtaken on the way, two reports that arrive one after the other bring the receiver up to date.
    [Fact]
    public void What_is_lost_is_made_up_for() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Gen.Bool)
            .Array[0, 40]
            .Sample(steps =>
            {
                var (outbox, records, version) = (New(), DirectoryMachine.Empty, 0L);
                var late = new List<HostReport>();
                foreach (var (group, fate, isAsked) in steps)
                {
                    outbox = outbox.Changed(View($"group{group}", ++version));
                    (outbox, var told) = outbox.Tell([B]);
                    if (fate == 0)
                    {
                        continue;
                    }

                    late.AddRange(told);
                    if (fate == 1)
                    {
                        continue;
                    }

                    // Overtaken: the last one first.
                    foreach (var report in late.AsEnumerable().Reverse())
                    {
                        (records, var missed) = Hear(records, report);
                        outbox = isAsked && !missed.IsEmpty ? outbox.Missed("silo-b") : outbox;
                    }

                    late.Clear();
                }

                for (var round = 0; round < 2; round++)
                {
                    (outbox, var told) = outbox.Tell([B]);
                    (records, var missed) = Hear(records, told[0]);
                    outbox = missed.IsEmpty ? outbox : outbox.Missed("silo-b");
                }

                return records["silo-a"]
                    .Groups.Values.Select(view => (view.Group, view.Version))
                    .SequenceEqual(outbox.Groups.Values.Select(group => (group.View.Group, group.View.Version)));
            });

    private static (ImmutableSortedDictionary<string, HostRecord>, ImmutableArray<string>) Hear(
        ImmutableSortedDictionary<string, HostRecord> records,
        HostReport report
    )
    {
        var (after, missed) = DirectoryMachine.Next(records, new DirectoryInput.Reported(report), default(Moment));
        return (after, missed);
    }

    private static Outbox New() =>
        new()
        {
            Silo = "silo-a",
            Generation = 1,
            Facts = new("a", "10.0.0.1:1", "1.0", 1, default, IsLeaving: false),
        };

    private static GroupView View(string group, long version) =>
        new()
        {
            Host = "a",
            Group = group,
            Version = version,
        };
}
