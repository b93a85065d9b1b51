using Redb.Abstractions.Services;
using Redb.Grains.Journal;

namespace Redb.Silo.Tests.Journal;

public sealed class RunHistoryTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly JournalFolder _folder = new();
    private readonly ServiceMemory _intent = new()
    {
        Phase = ServicePhase.Starting,
        Run = 3,
        Since = Noon,
    };

    private ServiceMemory Launched => _intent with { Process = Memories.Process, StartedAt = Noon.AddSeconds(1) };

    private ServiceMemory Ready => Launched with { Phase = ServicePhase.Ready, ReadyAt = Noon.AddSeconds(2) };

    private ServiceMemory Dead =>
        Ready with
        {
            Phase = ServicePhase.BackingOff,
            Process = null,
            LastExit = new(null, 9, Noon.AddSeconds(3)),
        };

    [Fact]
    public async Task A_run_is_followed_from_the_intent_to_its_end()
    {
        (await RunsAfterAsync(_intent)).Should().Be("3|12:00:00|||||");
        (await RunsAfterAsync(Launched)).Should().Be("3|12:00:00|4711|12:00:01|||");
        (await RunsAfterAsync(Ready)).Should().Be("3|12:00:00|4711|12:00:01|12:00:02||");
        (await RunsAfterAsync(Dead)).Should().Be("3|12:00:00|4711|12:00:01|12:00:02|12:00:03|9");
    }

    [Fact]
    public async Task A_run_is_the_same_when_it_was_never_written_in_between()
    {
        (await RunsAfterAsync(_intent, Launched, Ready, Dead))
            .Should()
            .Be("3|12:00:00|4711|12:00:01|12:00:02|12:00:03|9");
    }

    [Fact]
    public async Task An_exit_with_its_restart_belongs_to_the_run_before()
    {
        await RunsAfterAsync(_intent, Launched);

        var restarted = _intent with
        {
            Run = 4,
            Since = Noon.AddSeconds(4),
            LastExit = new(1, null, Noon.AddSeconds(3)),
        };

        (await RunsAfterAsync(restarted)).Should().Be("3|12:00:00|4711|12:00:01||12:00:03|\n4|12:00:04|||||");
    }

    [Fact]
    public async Task A_refused_launch_ends_its_run()
    {
        var refused = _intent with { Phase = ServicePhase.BackingOff, Since = Noon.AddSeconds(1) };

        (await RunsAfterAsync(_intent, refused)).Should().Be("3|12:00:00||||12:00:01|");
    }

    [Fact]
    public async Task A_successor_goes_on_with_the_run_of_its_predecessor()
    {
        await RunsAfterAsync(_intent, Launched);

        (await RunsAfterAsync(Dead)).Should().Be("3|12:00:00|4711|12:00:01|12:00:02|12:00:03|9");
    }

    [Fact]
    public async Task Only_the_newest_runs_are_kept()
    {
        _folder.Options.KeptRuns = 2;

        await RunsAfterAsync([.. Enumerable.Range(1, 9).Select(run => _intent with { Run = run })]);

        _folder.Query("SELECT group_concat(run) FROM run").Should().Be("8,9");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> RunsAfterAsync(params ServiceMemory[] memories)
    {
        await using (var journal = await _folder.OpenAsync())
        {
            foreach (var memory in memories)
            {
                JournalFolder.Write(journal, "core", memory);
            }
        }

        return _folder.Query(
            "SELECT run, time(intended_at), pid, time(launched_at), time(ready_at), time(ended_at), exit_signal FROM run ORDER BY run"
        );
    }
}
