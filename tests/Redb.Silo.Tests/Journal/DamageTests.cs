using Redb.Silo.Journal;

namespace Redb.Silo.Tests.Journal;

public sealed class DamageTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public static TheoryData<string> Damages =>
        ["garbage", "truncated", "torn page", "no tables", "nonsense in a column", "garbage log", "hole in the log"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_journal_is_moved_aside_and_a_new_one_begun(string damage)
    {
        await LeaveAsync();
        Damage(damage);

        await using (var journal = await _folder.OpenAsync())
        {
            (await NewsAsync(journal))
                .Should()
                .StartWith($"the journal {_folder.File} was damaged (")
                .And.Contain("a new one was begun");
            journal.Trouble.Should().BeEmpty();
            journal.Recall(JournalFolder.Group.ToService("core")).Should().BeNull();
            JournalFolder.Write(journal, "core", Memories.Full);
        }

        Directory.GetFiles(_folder.Folder, "journal.db.damaged-*Z").Should().ContainSingle();
        await using var successor = await _folder.OpenAsync();
        successor.Recall(JournalFolder.Group.ToService("core"))!.Reason.Should().Be(Memories.Full.Reason);
    }

    [Fact]
    public async Task A_log_that_was_cut_off_is_read_up_to_there()
    {
        await LeaveAsync();
        var log = new FileInfo(_folder.File + "-wal");
        using (var file = log.Open(FileMode.Open))
        {
            file.SetLength(log.Length - 100);
        }

        await using var journal = await _folder.OpenAsync();

        journal.Recall(JournalFolder.Group.ToService("core"))!.Run.Should().Be(199);
        Directory.GetFiles(_folder.Folder, "*damaged*").Should().BeEmpty();
    }

    [Fact]
    public async Task A_damaged_log_of_another_boot_is_read_as_far_as_it_goes()
    {
        await LeaveAsync("UPDATE opening SET boot_id = 'another'");
        Damage("hole in the log");

        await using var journal = await _folder.OpenAsync();

        journal.Recall(JournalFolder.Group.ToService("core"))!.Run.Should().BeInRange(1, 199);
    }

    [Fact]
    public async Task A_journal_of_a_newer_version_is_refused()
    {
        await LeaveAsync();
        _folder.Query("PRAGMA user_version = 99");

        var (journal, refusal) = await _folder.TryOpenAsync();

        journal.Should().BeNull();
        refusal
            .Should()
            .StartWith(
                $"the journal {_folder.File} is of version 99, this supervisor knows versions up to {JournalSchema.Current}"
            )
            .And.Contain("start the newer redb-supervisor");
    }

    [Fact]
    public async Task A_locked_journal_names_who_holds_it()
    {
        await LeaveAsync();
        using var other = ForeignLock.OfAll(_folder.File);

        var (journal, refusal) = await _folder.TryOpenAsync();

        journal.Should().BeNull();
        refusal
            .Should()
            .StartWith($"the journal {_folder.File} is locked by another program")
            .And.Contain("end that program");
    }

    public void Dispose() => _folder.Dispose();

    // The files as a killed supervisor leaves them: most of what was written stands in the log.
    private async Task LeaveAsync(string change = "")
    {
        using var live = new JournalFolder();
        await using var journal = await live.OpenAsync();
        JournalFolder.Write(journal, "core", Memories.Full);
        await journal.FlushAsync();
        if (change.Length > 0)
        {
            live.Query(change);
        }

        for (var run = 1; run <= 200; run++)
        {
            JournalFolder.Write(journal, "core", Memories.Full with { Run = run });
            await journal.FlushAsync();
        }

        foreach (var file in Directory.GetFiles(live.Folder))
        {
            File.Copy(file, Path.Combine(_folder.Folder, Path.GetFileName(file)));
        }
    }

    private void Damage(string kind)
    {
        switch (kind)
        {
            case "garbage":
                File.WriteAllText(_folder.File, new string('x', 20_000));
                File.Delete(_folder.File + "-wal");
                break;
            case "truncated":
                _folder.Query("PRAGMA wal_checkpoint(TRUNCATE)");
                Overwrite(_folder.File, file => file.SetLength(file.Length / 2));
                break;
            case "torn page":
                _folder.Query("PRAGMA wal_checkpoint(TRUNCATE)");
                Overwrite(_folder.File, file => Scribble(file, file.Length / 2));
                break;
            case "no tables":
                _folder.Query("DROP TABLE service");
                break;
            case "nonsense in a column":
                _folder.Query("UPDATE service SET since = 'yesterday'");
                break;
            case "garbage log":
                Overwrite(_folder.File + "-wal", file => Scribble(file, 0));
                break;
            default:
                Overwrite(_folder.File + "-wal", file => Scribble(file, file.Length * 3 / 4));
                break;
        }
    }

    private static void Overwrite(string path, Action<FileStream> change)
    {
        using var file = new FileStream(path, FileMode.Open);
        change(file);
    }

    private static void Scribble(FileStream file, long position)
    {
        file.Position = position;
        file.Write(new byte[8192]);
    }

    private static async Task<string> NewsAsync(HostJournal journal) =>
        await journal.Folders.Single().Journal.News.ReadAsync(TestContext.Current.CancellationToken);
}
