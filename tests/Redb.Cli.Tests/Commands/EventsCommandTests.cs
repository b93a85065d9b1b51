using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Cli.Tests.Fakes;

namespace Redb.Cli.Tests.Commands;

public sealed class EventsCommandTests(FakeCluster cluster) : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly Tool _tool = new(cluster) { Time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Noon) };

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Events_are_printed_oldest_first_with_their_detail()
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("core")));
        group.Happen(new(1, Noon, "core", EventKind.Exited, "ended with exit code 1", null, 1, "panic: x\nat y"));
        group.Happen(new(2, Noon, "", EventKind.GroupChanged, "is Degraded", null, 0, ""));

        var run = await _tool.RunAsync("events");

        run.Output.Should()
            .Be(
                """
                2026-01-31 12:00:00.000  Exited        default/core: ended with exit code 1
                    panic: x
                    at y
                2026-01-31 12:00:00.000  GroupChanged  default: is Degraded

                """
            );
    }

    [Fact]
    public async Task As_many_events_as_are_asked_for_come_from_the_journal_where_the_supervisor_has_fewer()
    {
        var group = _tool.Supervise(
            new FakeGroup(_tool.Host, "default", Services.Ready("core"), Services.Ready("mesh"))
        );
        foreach (var (number, service) in new[] { (1, "core"), (2, "core"), (3, "mesh"), (4, "core"), (5, "mesh") })
        {
            group.HasHappened(new(number, Noon, service, EventKind.Exited, $"end {number}", null, 1, ""));
        }

        group.Happen(new(6, Noon, "core", EventKind.Exited, "end 6", null, 1, ""));

        (await EndsAsync("-n", "3", "-s", "core")).Should().Equal("end 2", "end 4", "end 6");
        (await EndsAsync("-n", "50")).Should().Equal("end 1", "end 2", "end 3", "end 4", "end 5", "end 6");
        (await EndsAsync()).Should().Equal("end 6");
    }

    [Fact]
    public async Task Following_begins_where_the_kept_events_end()
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("core")));
        group.Happen(new(1, Noon, "core", EventKind.PhaseChanged, "old", ServicePhase.BackingOff, 1, ""));
        using var interrupted = new CancellationTokenSource();
        await using var output = new SignallingWriter("new");
        await using var error = new StringWriter();

        var running = _tool.RunAsync(output, error, interrupted.Token, "events", "-f", "-o", "json");
        await group.Watched.Task.WaitAsync(TestContext.Current.CancellationToken);
        group.Happen(new(2, Noon, "core", EventKind.PhaseChanged, "new", ServicePhase.Ready, 1, ""));
        await output.Seen.Task.WaitAsync(TestContext.Current.CancellationToken);
        await interrupted.CancelAsync();
        var code = await running;

        code.Should().Be(ExitCode.Interrupted);
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(2);
        lines[0].Should().Contain("\"state\":\"Backoff\"");
    }

    private async Task<IEnumerable<string>> EndsAsync(params string[] options)
    {
        var run = await _tool.RunAsync(["events", .. options]);
        return run
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line[line.IndexOf("end", StringComparison.Ordinal)..]);
    }
}
