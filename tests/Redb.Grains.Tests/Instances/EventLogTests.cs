using Redb.Abstractions.Supervision;
using Redb.Grains.Instances;

namespace Redb.Grains.Tests.Instances;

public sealed class EventLogTests
{
    [Fact]
    public void Events_are_numbered_from_one_and_read_from_where_a_reader_stopped()
    {
        var log = Filled(3);

        log.Last.Should().Be(3);
        log.After(0).Select(item => item.Sequence).Should().Equal(1, 2, 3);
        log.After(2).Select(item => item.Message).Should().Equal("event 3");
        log.After(3).Should().BeEmpty();
    }

    [Fact]
    public void The_oldest_fall_out_and_leave_a_gap_for_a_reader_who_was_too_slow()
    {
        var log = Filled(EventLog.Capacity + 5);

        log.After(0).Should().HaveCount(EventLog.Capacity);
        log.After(2)[0].Sequence.Should().Be(6);
    }

    private static EventLog Filled(int count)
    {
        var log = new EventLog();
        for (var i = 1; i <= count; i++)
        {
            log.Add(DateTimeOffset.UnixEpoch, "core", EventKind.Warning, $"event {i}");
        }

        return log;
    }
}
