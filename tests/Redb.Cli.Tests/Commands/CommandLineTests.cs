using Redb.Cli.Tests.Fakes;

namespace Redb.Cli.Tests.Commands;

public sealed class CommandLineTests(FakeCluster cluster) : IDisposable
{
    private readonly Tool _tool = new(cluster);

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("statsu", "did you mean status?")]
    [InlineData("status --wtach", "did you mean --watch?")]
    [InlineData("start core --timeout soon", "redbctl start --help")]
    [InlineData("status -o yaml", "redbctl status --help")]
    [InlineData("wait --for never", "redbctl wait --help")]
    [InlineData("", "redbctl --help")]
    public async Task What_makes_no_sense_is_a_usage_error_in_three_lines(string line, string next)
    {
        var run = await _tool.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        run.Code.Should().Be(ExitCode.Usage);
        run.Output.Should().BeEmpty();
        run.Error.TrimEnd().Split('\n').Should().HaveCount(3);
        run.Error.Should().Contain($"next:  {next}");
    }

    [Fact]
    public async Task Help_is_data_and_names_every_verb()
    {
        var run = await _tool.RunAsync("--help");

        run.Code.Should().Be(ExitCode.Done);
        run.Output.Should().Contain("redbctl [command] [options]");
        foreach (
            var verb in new[]
            {
                "status",
                "why",
                "start",
                "stop",
                "restart",
                "logs",
                "events",
                "wait",
                "validate",
                "version",
                "completion",
            }
        )
        {
            run.Output.Should().MatchRegex($@"\n  (ps, )?{verb} ");
        }
    }

    [Fact]
    public async Task Services_are_completed_by_asking_the_supervisor()
    {
        _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("clientapi")));

        var run = await _tool.RunAsync("[suggest:18]", "redbctl restart cl");

        run.Output.Should().Contain("clientapi");
    }

    [Theory]
    [InlineData("bash", "complete -F _redbctl redbctl")]
    [InlineData("zsh", "compdef _redbctl redbctl")]
    [InlineData("fish", "complete -c redbctl")]
    public async Task Completion_prints_a_script(string shell, string line)
    {
        var run = await _tool.RunAsync("completion", shell);

        run.Output.Should().Contain(line);
    }

    [Fact]
    public async Task Version_names_both_sides()
    {
        _tool.Supervise(new FakeGroup(_tool.Host, "default"));

        var run = await _tool.RunAsync("version");

        run.Output.Should().MatchRegex(@"^redbctl \d+\.\d+\.\d+\nredb-supervisor 9\.8\.7\n$");
    }

    [Fact]
    public async Task Version_needs_no_supervisor()
    {
        var run = await _tool.RunAsync("version");

        run.Code.Should().Be(ExitCode.Done);
        run.Output.Should().Contain("redb-supervisor unknown (no supervisor is running here)");
    }

    [Fact]
    public async Task Validate_refuses_a_bad_file_with_6_and_its_place()
    {
        var file = Path.Combine(Directory.CreateDirectory(_tool.DataOf("x")).FullName, "config.yaml");
        await File.WriteAllTextAsync(file, "databaes:\n  name: x\n", TestContext.Current.CancellationToken);

        var run = await _tool.RunAsync("validate", file);

        run.Code.Should().Be(ExitCode.ConfigurationInvalid);
        run.Error.Should().Contain($"{file}:1:1: ").And.Contain("refused");
        run.Output.Should().BeEmpty();
    }

    [Fact]
    public async Task What_nobody_expected_is_three_lines_too()
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("core")));
        group.OnRequest = (_, _) => throw new InvalidOperationException("two\nlines");

        var run = await _tool.RunAsync("start", "core");

        run.Code.Should().Be(ExitCode.Failed);
        run.Error.Should()
            .Be(
                """
                error: redbctl met something it does not know
                cause: InvalidOperationException: two lines
                next:  report it with the lines above and those of redbctl --version; REDBCTL_DEBUG=1 shows where it was

                """
            );
    }

    [Fact]
    public async Task A_debugged_tool_shows_the_stack_of_what_nobody_expected()
    {
        using var tool = new Tool(cluster) { IsDebugged = true };
        var group = tool.Supervise(new FakeGroup(tool.Host, "default", Services.Ready("core")));
        group.OnRequest = (_, _) => throw new InvalidOperationException("lines");

        var run = await tool.RunAsync("start", "core");

        run.Error.Should().Contain("cause: InvalidOperationException: lines").And.Contain("   at ");
    }
}
