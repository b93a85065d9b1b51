using Microsoft.Extensions.Logging.Abstractions;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Services;
using Redb.Grains.Tests.Grains;

namespace Redb.Grains.Tests.Instances;

public sealed class EventLogTests
{
    private static readonly GroupKey Group = new("here", "default");

    [Fact]
    public void Events_are_numbered_from_one_and_read_from_where_a_reader_stopped()
    {
        var log = Filled(3, new());

        log.Last.Should().Be(3);
        log.After(0).Select(item => item.Sequence).Should().Equal(1, 2, 3);
        log.After(2).Select(item => item.Message).Should().Equal("event 3");
        log.After(3).Should().BeEmpty();
    }

    [Fact]
    public void The_oldest_fall_out_and_leave_a_gap_for_a_reader_who_was_too_slow()
    {
        var log = Filled(EventLog.Capacity + 5, new());

        log.After(0).Should().HaveCount(EventLog.Capacity);
        log.After(2)[0].Sequence.Should().Be(6);
    }

    [Fact]
    public void A_second_supervisor_goes_on_where_the_first_one_stopped()
    {
        var first = new FakeJournal();
        Filled(3, first);

        var log = Filled(1, new() { Predecessor = first });

        log.After(0).Select(item => item.Sequence).Should().Equal(1, 2, 3, 4);
    }

    [Fact]
    public void What_a_service_became_and_why_is_one_entry_of_the_journal()
    {
        var journal = new FakeJournal();
        var log = new EventLog(Group, journal, NullLogger.Instance);

        log.Remember(Group.ToService("core"), new ServiceMemory { Run = 7 }, [News("it ended"), News("it rests")]);

        log.After(0).Select(item => item.Message).Should().Equal("it ended", "it rests");
        journal.Written(Group.ToService("core"))!.Run.Should().Be(7);
    }

    private static ServiceNews News(string message) =>
        new(DateTimeOffset.UnixEpoch, "core", EventKind.Warning, message, ServicePhase.Ready, 1, "");

    private static EventLog Filled(int count, FakeJournal journal)
    {
        var log = new EventLog(Group, journal, NullLogger.Instance);
        for (var i = 1; i <= count; i++)
        {
            log.Tell(News($"event {i}"));
        }

        return log;
    }
}
