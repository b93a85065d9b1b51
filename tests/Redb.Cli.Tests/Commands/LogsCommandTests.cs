using Redb.Abstractions.Logs;
using Redb.Cli.Tests.Fakes;

namespace Redb.Cli.Tests.Commands;

public sealed class LogsCommandTests(FakeCluster cluster) : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly Tool _tool = new(cluster)
    {
        Time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Noon.AddMinutes(1)),
    };

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Lines_of_several_services_are_merged_by_time()
    {
        Talk();

        var run = await _tool.RunAsync("logs", "-A");

        run.Output.Should()
            .Be(
                """
                12:00:00.000 core | first
                12:00:01.000 mesh | second
                12:00:02.000 core | third

                """
            );
    }

    [Fact]
    public async Task Only_the_last_lines_without_prefix()
    {
        Talk();

        var run = await _tool.RunAsync("logs", "core", "-n", "1", "--no-prefix");

        run.Output.Should().Be("third\n");
    }

    [Fact]
    public async Task Since_takes_a_duration_and_a_time()
    {
        Talk();

        var relative = await _tool.RunAsync("logs", "-A", "--since", "59s", "--no-prefix");
        var absolute = await _tool.RunAsync("logs", "-A", "--since", "2026-01-31T12:00:01Z", "--no-prefix");
        var nonsense = await _tool.RunAsync("logs", "-A", "--since", "yesteryear");

        relative.Output.Should().Be("second\nthird\n");
        absolute.Output.Should().Be(relative.Output);
        nonsense.Code.Should().Be(ExitCode.Usage);
    }

    [Fact]
    public async Task Json_is_one_document_a_line()
    {
        Talk();

        var run = await _tool.RunAsync("logs", "mesh", "-o", "json");

        run.Output.Should()
            .Be(
                $$"""
                {"apiVersion":"redb.supervisor/v1","host":"{{_tool.Host}}","group":"default","service":"mesh","at":"2026-01-31T12:00:01+00:00","text":"second"}

                """
            );
    }

    [Fact]
    public async Task Following_goes_on_until_Ctrl_C()
    {
        var group = Talk();
        using var interrupted = new CancellationTokenSource();

        var running = _tool.RunAsync(interrupted.Token, "logs", "core", "-f");
        await group.Watched.Task.WaitAsync(TestContext.Current.CancellationToken);
        running.IsCompleted.Should().BeFalse();
        await interrupted.CancelAsync();
        var run = await running;

        run.Code.Should().Be(ExitCode.Interrupted);
    }

    [Fact]
    public async Task A_reader_that_goes_away_ends_it_quietly()
    {
        Talk();
        await using var output = new BrokenPipeWriter();
        await using var error = new StringWriter();

        var code = await _tool.RunAsync(output, error, TestContext.Current.CancellationToken, "logs", "-A");

        code.Should().Be(ExitCode.Done);
        error.ToString().Should().BeEmpty();
    }

    private FakeGroup Talk()
    {
        var group = _tool.Supervise(
            new FakeGroup(_tool.Host, "default", Services.Ready("core"), Services.Ready("mesh"))
        );
        group.Log(new LogLine("core", Noon, "first"));
        group.Log(new LogLine("core", Noon.AddSeconds(2), "third"));
        group.Log(new LogLine("mesh", Noon.AddSeconds(1), "second"));
        return group;
    }
}
