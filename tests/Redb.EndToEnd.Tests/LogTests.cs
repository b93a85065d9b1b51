using Redb.TestKit;

namespace Redb.EndToEnd.Tests;

public sealed class LogTests
{
    // Fault 24: what a service prints is kept, from its first line on.
    [Fact]
    public async Task What_a_service_prints_is_in_its_log()
    {
        var file = new GroupFile().Program(
            "printer",
            "/bin/sh",
            "'-c', 'echo out; echo err >&2; exec sleep 1000'",
            "probes: {readiness: {kind: none}}"
        );
        await using var group = await Supervised.ReadyAsync(file);

        var lines = await group.LogsAsync("printer", lines => lines.Count >= 2);

        lines
            .Should()
            .Contain(line => line.EndsWith("out", StringComparison.Ordinal))
            .And.Contain(line => line.EndsWith("err", StringComparison.Ordinal));
    }

    // Faults 32 and 24: streamed lines stand beside the printed ones.
    [Fact]
    public async Task Streamed_log_lines_are_in_the_same_log()
    {
        await using var group = await Supervised.ReadyAsync(new GroupFile().StandIn("security", 50051));

        var lines = await group.LogsAsync("security", lines => lines.Any(IsStreamed));

        // Printed before the stream was open, streamed from then on.
        lines.Should().Contain(line => line.EndsWith("Started.", StringComparison.Ordinal));
    }

    // The first thing a stand-in says on its stream, and nowhere else.
    private static bool IsStreamed(string line) => line.EndsWith("Log stream opened.", StringComparison.Ordinal);

    // Faults 11, 34 and 35: the size is honoured, rotated files are kept in number, no line is lost.
    [Fact]
    public async Task Logs_rotate_at_the_configured_size_and_lose_nothing()
    {
        const int Count = 40_000;
        var file = new GroupFile()
            .Logging("max_size_mb: 1", "max_files: 50")
            .Program(
                "writer",
                "/bin/sh",
                $"'-c', 'seq -f %0100.0f 1 {Count}; exec sleep 1000'",
                "probes: {readiness: {kind: none}}"
            );
        await using var group = await Supervised.ReadyAsync(file);
        var folder = Path.Combine(group.Folder, "data", "logs");

        await Until.TrueAsync(() => Directory.GetFiles(folder, "writer-*.log").Length >= 3, "the log is rotated");
        var (code, lines) = await group.CtlAsync("logs", "writer", "-n", $"{Count}", "--no-prefix");

        code.Should().Be(0);
        lines
            .Select(line => int.Parse(line, System.Globalization.CultureInfo.InvariantCulture))
            .Should()
            .Equal(Enumerable.Range(1, Count));
    }

    // A crash is explained where it is reported.
    [Fact]
    public async Task The_event_of_an_exit_carries_the_last_lines_of_the_log()
    {
        var file = new GroupFile().Program(
            "crasher",
            "/bin/sh",
            "'-c', 'echo something terrible; exit 7'",
            "restart: {policy: never}",
            "probes: {readiness: {kind: none}}"
        );
        await using var group = await Supervised.StartAsync(file);
        await group.Process.LineAsync("crasher", "-> Failed");

        var (code, lines) = await group.CtlAsync("events", "-o", "json");

        code.Should().Be(0);
        lines
            .Should()
            .Contain(line =>
                line.Contains("exit code 7", StringComparison.Ordinal)
                && line.Contains("something terrible", StringComparison.Ordinal)
            );
    }
}
