using Redb.Grains.Journal;
using Redb.Silo.Journal;
using Redb.Silo.Tests.Processes;

namespace Redb.Silo.Tests.Journal;

public sealed class TroubleTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_another_program_locks_it_all_goes_on_from_memory_and_is_written_afterwards()
    {
        await using var journal = await _folder.OpenAsync();
        JournalFolder.Write(journal, "mesh", Memories.Full);
        await journal.FlushAsync();

        using (ForeignLock.OfWriter(_folder.File))
        {
            JournalFolder.Write(journal, "core", Memories.Full);
            await Eventually.True(() => journal.Trouble.Contains("is locked by", StringComparison.Ordinal), Cancelled);
            journal.Write(new JournalEntry.OfEvent(JournalFolder.Group, Memories.Event(5)));
        }

        await RecoveredAsync(journal);
        _folder.Query("SELECT group_concat(name) FROM service").Should().Be("core,mesh");
        _folder.Query("SELECT message FROM event").Should().Be("event 5");
        (await NewsAsync(journal)).Should().StartWith($"the journal {_folder.File} is not written: it is locked by");
        (await NewsAsync(journal)).Should().EndWith("is written again: nothing is missing");
    }

    [Fact]
    public async Task Events_beyond_the_limit_are_dropped_oldest_first_and_counted()
    {
        // Long enough for all that follows to happen between two attempts.
        _folder.Options.RetryInterval = TimeSpan.FromSeconds(3);
        _folder.Options.PendingEvents = 10;
        await using var journal = await _folder.OpenAsync();
        JournalFolder.Write(journal, "core", Memories.Full);
        await journal.FlushAsync();

        using (ForeignLock.OfWriter(_folder.File))
        {
            JournalFolder.Write(journal, "core", Memories.Full with { Run = 8 });
            await Eventually.True(() => journal.Trouble.Length > 0, Cancelled);
            for (var i = 1; i <= 15; i++)
            {
                journal.Write(new JournalEntry.OfEvent(JournalFolder.Group, Memories.Event(i)));
            }
        }

        await RecoveredAsync(journal);
        _folder.Query("SELECT count(*), min(sequence), max(sequence) FROM event").Should().Be("10|6|15");
        await NewsAsync(journal);
        (await NewsAsync(journal)).Should().EndWith("is written again: 5 events are missing in it");
    }

    [Fact]
    public async Task A_journal_that_somebody_removes_is_begun_anew_with_everything_in_it()
    {
        await using var journal = await _folder.OpenAsync();
        JournalFolder.Write(journal, "mesh", Memories.Full);
        await journal.FlushAsync();
        foreach (var file in Directory.GetFiles(_folder.Folder, "journal.db*"))
        {
            File.Delete(file);
        }

        JournalFolder.Write(journal, "core", Memories.Full);
        await journal.FlushAsync();

        (await NewsAsync(journal)).Should().Contain("somebody removed it");
        await RecoveredAsync(journal);
        _folder.Query("SELECT group_concat(name) FROM service").Should().Be("core,mesh");
    }

    [Fact]
    public async Task A_journal_that_is_damaged_while_in_use_is_moved_aside_and_begun_anew_with_everything_in_it()
    {
        await using var journal = await _folder.OpenAsync();
        JournalFolder.Write(journal, "mesh", Memories.Full);
        await journal.FlushAsync();
        _folder.Query("DROP TABLE service");

        JournalFolder.Write(journal, "core", Memories.Full);
        await journal.FlushAsync();

        await RecoveredAsync(journal);
        _folder.Query("SELECT group_concat(name) FROM service").Should().Be("core,mesh");
        Directory.GetFiles(_folder.Folder, "journal.db.damaged-*Z").Should().ContainSingle();
    }

    [Fact]
    public async Task A_journal_that_cannot_be_opened_is_in_trouble_from_the_beginning()
    {
        // Nobody can open a folder as a file, not even root.
        Directory.CreateDirectory(_folder.File);
        await using var journal = await _folder.OpenAsync();
        JournalFolder.Write(journal, "core", Memories.Full);

        journal.Trouble.Should().StartWith($"the journal {_folder.File} is not written: ");
        await journal.FlushAsync();
        journal.Recall(JournalFolder.Group.ToService("core")).Should().BeNull();

        Directory.Delete(_folder.File);
        await RecoveredAsync(journal);
        _folder.Query("SELECT name FROM service").Should().Be("core");
    }

    [Fact]
    public async Task A_full_disk_is_named_and_once_there_is_room_the_whole_state_is_written()
    {
        var mountPoint = Directory.CreateDirectory(Path.Combine(_folder.Folder, "disk")).FullName;
        using var disk = Mounted.SmallDisk(mountPoint, megabytes: 2);
        Assert.SkipWhen(disk is null, "a disk that is full without harm to others can only be mounted by root");
        using var folder = new JournalFolder(disk!.Path);
        folder.Options.CheckpointBytes = 64 * 1024;
        await using var journal = await folder.OpenAsync();
        JournalFolder.Write(journal, "mesh", Memories.Full);
        await journal.FlushAsync();

        var ballast = disk.Fill();
        for (var i = 0; journal.Trouble.Length == 0; i++)
        {
            JournalFolder.Write(journal, $"s{i}", Memories.Full with { Reason = new('x', 10_000) });
            await journal.FlushAsync();
        }

        journal.Trouble.Should().Contain("its disk is full (").And.Contain("make room there");
        JournalFolder.Write(journal, "late", Memories.Full);
        File.Delete(ballast);
        await RecoveredAsync(journal);
        folder.Query("SELECT count(*) FROM service WHERE name IN ('mesh', 's0', 'late')").Should().Be("3");
    }

    [Fact]
    public async Task A_read_only_journal_is_recalled_and_written_once_it_is_writable()
    {
        await using (var journal = await _folder.OpenAsync())
        {
            JournalFolder.Write(journal, "mesh", Memories.Full);
        }

        File.SetUnixFileMode(_folder.File, UnixFileMode.UserRead);
        var mounted = Mounted.ReadOnly(_folder.File);
        Assert.SkipWhen(
            mounted is null && Environment.IsPrivilegedProcess,
            "root may write a read-only file, and mounting is not allowed here"
        );
        await using var successor = await _folder.OpenAsync();
        JournalFolder.Write(successor, "core", Memories.Full);

        await Eventually.True(() => successor.Trouble.Length > 0, Cancelled);
        successor.Trouble.Should().Contain("it is read-only; see that ");
        successor.Recall(JournalFolder.Group.ToService("mesh")).Should().NotBeNull();

        mounted?.Dispose();
        File.SetUnixFileMode(_folder.File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await RecoveredAsync(successor);
        _folder.Query("SELECT group_concat(name) FROM service").Should().Be("core,mesh");
    }

    public void Dispose() => _folder.Dispose();

    // What came in while the first attempt that succeeded was under way is written by the one after it.
    private static async Task RecoveredAsync(HostJournal journal)
    {
        await Eventually.True(() => journal.Trouble.Length == 0, Cancelled);
        await journal.FlushAsync();
    }

    private static async Task<string> NewsAsync(HostJournal journal) =>
        await journal.Folders.Single().Journal.News.ReadAsync(Cancelled);
}
