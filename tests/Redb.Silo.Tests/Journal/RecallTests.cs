using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Journal;
using Redb.Silo.Journal;

namespace Redb.Silo.Tests.Journal;

public sealed class RecallTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    [Fact]
    public async Task A_new_journal_remembers_nothing_and_belongs_to_its_owner()
    {
        await using var journal = await _folder.OpenAsync();

        journal.Recall(JournalFolder.Group).Should().BeNull();
        journal.Recall(JournalFolder.Group.ToService("core")).Should().BeNull();
        journal.RecallEvents(JournalFolder.Group, 10).Should().BeEmpty();
        File.GetUnixFileMode(_folder.File).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_successor_recalls_every_field_of_a_service()
    {
        var bare = new ServiceMemory { Reason = "nothing yet" };
        await using (var journal = await _folder.OpenAsync())
        {
            JournalFolder.Write(journal, "core", Memories.Full);
            JournalFolder.Write(journal, "bare", bare);
            JournalFolder.Write(journal, "unknown", bare with { LastExit = new(null, null, Memories.Noon) });
        }

        await using var successor = await _folder.OpenAsync();

        successor
            .Recall(JournalFolder.Group.ToService("core"))
            .Should()
            .BeEquivalentTo(Memories.Full, options => options.ComparingRecordsByMembers());
        successor.Recall(JournalFolder.Group.ToService("bare")).Should().Be(bare);
        successor
            .Recall(JournalFolder.Group.ToService("unknown"))!
            .LastExit.Should()
            .Be(new RunExit(null, null, Memories.Noon));
    }

    [Fact]
    public async Task A_successor_recalls_a_group_and_all_members_that_were_ever_named()
    {
        var first = new MemberMemory(Wanted.Up, 3, false, false, false, false, false, null);
        var second = new MemberMemory(Wanted.Down, 4, true, true, true, true, true, TimeSpan.FromSeconds(7));
        await using (var journal = await _folder.OpenAsync())
        {
            journal.Write(
                new JournalEntry.OfGroup(
                    JournalFolder.Group,
                    new() { Members = ImmutableDictionary<string, MemberMemory>.Empty.Add("core", first) }
                )
            );
            await journal.FlushAsync();
            journal.Write(
                new JournalEntry.OfGroup(
                    JournalFolder.Group,
                    new()
                    {
                        Wanted = Wanted.Up,
                        WasReady = true,
                        IsEnding = true,
                        Members = ImmutableDictionary<string, MemberMemory>.Empty.Add("mesh", second),
                    }
                )
            );
        }

        await using var successor = await _folder.OpenAsync();

        var recalled = successor.Recall(JournalFolder.Group)!;
        (recalled.Wanted, recalled.WasReady, recalled.IsEnding).Should().Be((Wanted.Up, true, true));
        recalled
            .Members.Should()
            .BeEquivalentTo(
                new Dictionary<string, MemberMemory>(StringComparer.Ordinal) { ["core"] = first, ["mesh"] = second }
            );
    }

    [Fact]
    public async Task What_is_recalled_is_what_the_predecessor_left_not_what_is_written_now()
    {
        await using var journal = await _folder.OpenAsync();
        JournalFolder.Write(journal, "core", Memories.Full);
        await journal.FlushAsync();

        journal.Recall(JournalFolder.Group.ToService("core")).Should().BeNull();
    }

    [Fact]
    public async Task A_successor_recalls_the_newest_events_oldest_first()
    {
        await using (var journal = await _folder.OpenAsync())
        {
            journal.Write(
                new JournalEntry.OfService(
                    JournalFolder.Group.ToService("core"),
                    Memories.Full,
                    [Memories.Event(1), Memories.Event(2)]
                )
            );
            journal.Write(new JournalEntry.OfEvent(JournalFolder.Group, Memories.Event(3)));
        }

        await using var successor = await _folder.OpenAsync();

        successor
            .RecallEvents(JournalFolder.Group, 10)
            .Should()
            .Equal(Memories.Event(1), Memories.Event(2), Memories.Event(3));
        successor.RecallEvents(JournalFolder.Group, 2).Should().Equal(Memories.Event(2), Memories.Event(3));
    }

    [Fact]
    public async Task Older_events_than_are_recalled_can_be_read()
    {
        _folder.Options.RecalledEvents = 3;
        await using (var journal = await _folder.OpenAsync())
        {
            for (var i = 1; i <= 10; i++)
            {
                journal.Write(new JournalEntry.OfEvent(JournalFolder.Group, Memories.Event(i)));
            }
        }

        await using var successor = await _folder.OpenAsync();

        successor.RecallEvents(JournalFolder.Group, 10).Select(happened => happened.Sequence).Should().Equal(8, 9, 10);
        (await successor.ReadEventsAsync(JournalFolder.Group, before: 8, count: 4))
            .Select(happened => happened.Sequence)
            .Should()
            .Equal(4, 5, 6, 7);
    }

    [Fact]
    public async Task Only_the_newest_events_are_kept()
    {
        _folder.Options.KeptEvents = 20;
        _folder.Options.EventTrim = 5;
        await using (var journal = await _folder.OpenAsync())
        {
            for (var i = 1; i <= 100; i++)
            {
                journal.Write(new JournalEntry.OfEvent(JournalFolder.Group, Memories.Event(i)));
            }
        }

        await using var successor = await _folder.OpenAsync();

        var kept = successor.RecallEvents(JournalFolder.Group, 1000);
        kept.Length.Should().BeInRange(20, 25);
        kept[^1].Sequence.Should().Be(100);
    }

    [Fact]
    public async Task Groups_in_one_folder_and_in_folders_of_their_own_do_not_mix()
    {
        using var other = new JournalFolder();
        (string, string)[] groups = [("one", _folder.Folder), ("two", _folder.Folder), ("three", other.Folder)];
        var (first, _) = await HostJournal.OpenAsync(groups, _folder.Options, TimeProvider.System);
        await using (first)
        {
            foreach (var (group, _) in groups)
            {
                first!.Write(new JournalEntry.OfService(new("alpha", group, "core"), new() { Reason = group }, []));
            }
        }

        // Another name of the host makes no difference.
        var (second, _) = await HostJournal.OpenAsync(groups, _folder.Options, TimeProvider.System);
        await using (second)
        {
            foreach (var (group, _) in groups)
            {
                second!.Recall(new ServiceKey("beta", group, "core"))!.Reason.Should().Be(group);
            }
        }

        _folder.Query("SELECT grp FROM service ORDER BY grp").Should().Be("one\ntwo");
        other.Query("SELECT grp FROM service").Should().Be("three");
    }

    public void Dispose() => _folder.Dispose();
}
