using Microsoft.Extensions.Time.Testing;
using Redb.Silo.Tests.Processes;

namespace Redb.Silo.Tests.Journal;

public sealed class FlushTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_flushed_can_be_read_by_others()
    {
        await using var journal = await _folder.OpenAsync();

        for (var run = 1; run <= 20; run++)
        {
            JournalFolder.Write(journal, "core", Memories.Full with { Run = run });
            await journal.FlushAsync();

            _folder.Query("SELECT run FROM service").Should().Be($"{run}");
        }
    }

    [Fact]
    public async Task Many_writers_and_flushes_at_once_all_get_what_they_wrote()
    {
        await using (var journal = await _folder.OpenAsync())
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(1, 8),
                Cancelled,
                async (service, _) =>
                {
                    for (var run = 1; run <= 100; run++)
                    {
                        JournalFolder.Write(journal, $"s{service}", Memories.Full with { Run = run });
                        await journal.FlushAsync();
                    }
                }
            );
        }

        _folder.Query("SELECT count(*), min(run) FROM service").Should().Be("8|100");
    }

    [Fact]
    public async Task A_flush_with_nothing_to_write_is_complete_at_once()
    {
        await using var journal = await _folder.OpenAsync();
        JournalFolder.Write(journal, "core", Memories.Full);
        await journal.FlushAsync();

        journal.FlushAsync().AsTask().IsCompleted.Should().BeTrue();
    }

    [Fact]
    public async Task A_flush_gives_up_when_its_patience_is_over_and_later_ones_do_not_wait_at_all()
    {
        var time = new FakeTimeProvider();
        _folder.Options.FlushPatience = TimeSpan.FromSeconds(2);
        _folder.Options.BusyTimeout = TimeSpan.FromSeconds(60);
        await using var journal = await _folder.OpenAsync(time);
        JournalFolder.Write(journal, "core", Memories.Full with { Run = 1 });
        await journal.FlushAsync();

        using (ForeignLock.OfWriter(_folder.File))
        {
            JournalFolder.Write(journal, "core", Memories.Full with { Run = 2 });
            var flush = journal.FlushAsync().AsTask();
            time.Advance(TimeSpan.FromSeconds(1));
            flush.IsCompleted.Should().BeFalse();
            time.Advance(TimeSpan.FromSeconds(1));
            await flush;

            journal
                .Trouble.Should()
                .StartWith($"the journal {_folder.File} is not written: the disk has not answered for 2 s");
            JournalFolder.Write(journal, "core", Memories.Full with { Run = 3 });
            journal.FlushAsync().AsTask().IsCompleted.Should().BeTrue();
        }

        await Eventually.True(() => journal.Trouble.Length == 0, Cancelled);
        await journal.FlushAsync();
        _folder.Query("SELECT run FROM service").Should().Be("3");
    }

    [Fact]
    public async Task Closing_a_journal_whose_disk_hangs_takes_no_longer_than_its_patience()
    {
        var time = new FakeTimeProvider();
        _folder.Options.ClosePatience = TimeSpan.FromSeconds(5);
        _folder.Options.BusyTimeout = TimeSpan.FromSeconds(60);
        var journal = await _folder.OpenAsync(time);
        JournalFolder.Write(journal, "core", Memories.Full with { Run = 1 });
        await journal.FlushAsync();
        using var other = ForeignLock.OfWriter(_folder.File);
        JournalFolder.Write(journal, "core", Memories.Full with { Run = 2 });

        var closing = journal.DisposeAsync().AsTask();
        closing.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(5));

        await closing;
    }

    [Fact]
    public async Task Entries_after_the_end_are_ignored()
    {
        var journal = await _folder.OpenAsync();
        await journal.DisposeAsync();

        JournalFolder.Write(journal, "core", Memories.Full);
        await journal.FlushAsync();

        journal.Trouble.Should().BeEmpty();
        _folder.Query("SELECT count(*) FROM service").Should().Be("0");
    }

    public void Dispose() => _folder.Dispose();
}
