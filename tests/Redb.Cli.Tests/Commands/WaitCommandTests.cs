using Redb.Abstractions.Services;
using Redb.Cli.Tests.Fakes;

namespace Redb.Cli.Tests.Commands;

public sealed class WaitCommandTests(FakeCluster cluster) : IDisposable
{
    private readonly Tool _tool = new(cluster);

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("ready", ServicePhase.Ready, 0)]
    [InlineData("ready", ServicePhase.Degraded, 0)]
    [InlineData("ready", ServicePhase.CrashLoop, 3)]
    [InlineData("ready", ServicePhase.Failed, 3)]
    [InlineData("ready", ServicePhase.Starting, 9)]
    [InlineData("ready", ServicePhase.Stopped, 9)]
    [InlineData("healthy", ServicePhase.Degraded, 9)]
    [InlineData("stopped", ServicePhase.Stopped, 0)]
    [InlineData("stopped", ServicePhase.Ready, 9)]
    public async Task The_exit_code_says_how_it_ended(string goal, ServicePhase phase, int code)
    {
        _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.In("core", phase)));

        var run = await _tool.RunAsync("wait", "core", "--for", goal, "--timeout", "150ms");

        ((int)run.Code).Should().Be(code);
    }

    [Fact]
    public async Task It_goes_on_as_soon_as_all_services_are_ready()
    {
        var group = _tool.Supervise(
            new FakeGroup(_tool.Host, "default", Services.Ready("core"), Services.In("mesh", ServicePhase.Pending))
        );

        var running = _tool.RunAsync("wait", "--for", "ready");
        await group.Watched.Task.WaitAsync(TestContext.Current.CancellationToken);
        running.IsCompleted.Should().BeFalse();
        group.ChangeService("mesh", service => service with { Phase = ServicePhase.Ready });
        var run = await running;

        run.Code.Should().Be(ExitCode.Done);
        run.Output.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_there_already_is_not_listed()
    {
        _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("core"), Services.Ready("mesh")));

        var run = await _tool.RunAsync("wait");

        run.Error.Should().MatchRegex(@"^core, mesh are Ready after \d+\.\ds\n$");
    }

    [Fact]
    public async Task What_changes_is_listed_once()
    {
        var group = _tool.Supervise(
            new FakeGroup(_tool.Host, "default", Services.Ready("core"), Services.In("mesh", ServicePhase.Pending))
        );

        var running = _tool.RunAsync("wait");
        await group.Watched.Task.WaitAsync(TestContext.Current.CancellationToken);
        group.ChangeService("mesh", service => service with { Phase = ServicePhase.Ready });
        var run = await running;

        run.Error.Should().MatchRegex(@"^ +\d+\.\ds  mesh  Ready\ncore, mesh are Ready after \d+\.\ds\n$");
    }

    [Fact]
    public async Task Many_services_in_the_way_are_one_error()
    {
        _tool.Supervise(
            new FakeGroup(_tool.Host, "default", Services.Ready("core"), Services.Ready("mesh"), Services.Ready("web"))
        );

        var run = await _tool.RunAsync("wait", "--for", "stopped", "--timeout", "2s");

        run.Code.Should().Be(ExitCode.TimedOut);
        run.Error.Should()
            .Be(
                """
                error: core, mesh, web are not Stopped after 2.0s
                cause: they are Ready
                next:  redbctl stop core mesh web

                """
            );
    }

    [Fact]
    public async Task Over_several_groups_services_bear_the_name_of_theirs()
    {
        var group = _tool.Supervise(
            new FakeGroup(_tool.Host, "blue", Services.In("core", ServicePhase.Starting)),
            new FakeGroup(_tool.Host, "green", Services.Ready("core"))
        );

        var running = _tool.RunAsync("wait");
        await group.Watched.Task.WaitAsync(TestContext.Current.CancellationToken);
        group.ChangeService("core", service => service with { Phase = ServicePhase.CrashLoop });
        var run = await running;

        run.Error.Should()
            .MatchRegex(
                """
                ^ +\d+\.\ds  blue/core  CrashLoop
                error: blue/core is CrashLoop
                cause: it is CrashLoop
                next:  redbctl logs blue/core
                $
                """
            );
    }
}
