using Redb.Abstractions.Services;
using Redb.Cli.Tests.Fakes;

namespace Redb.Cli.Tests.Commands;

/// <summary>Starting services whose dependencies are down.</summary>
public sealed class DependencyTests(FakeCluster cluster) : IDisposable
{
    private readonly Tool _tool = new(cluster);

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData(ServicePhase.Stopped, Wanted.Down)]
    [InlineData(ServicePhase.CrashLoop, Wanted.Up)]
    [InlineData(ServicePhase.Failed, Wanted.Up)]
    public async Task A_dependency_that_will_not_come_back_fails_the_start_at_once(ServicePhase phase, Wanted wanted)
    {
        Depend(Services.In("mesh", phase) with { Wanted = wanted }, Behind("core", "mesh"));

        var run = await _tool.RunAsync("start", "core");

        run.Code.Should().Be(ExitCode.Failed);
        run.Error.Should()
            .EndWith(
                $"""
                error: core is Pending
                cause: waits for mesh, which is {phase}
                next:  redbctl start mesh core

                """
            );
    }

    [Fact]
    public async Task The_chain_is_followed_to_what_is_at_rest()
    {
        Depend(
            Services.Stopped("security"),
            Services.In("mesh", ServicePhase.Pending) with
            {
                Dependencies = ["security"],
            },
            Behind("core", "mesh")
        );

        var run = await _tool.RunAsync("restart", "core");

        run.Code.Should().Be(ExitCode.Failed);
        run.Error.Should()
            .Contain("cause: waits for mesh, which waits for security, which is Stopped")
            .And.Contain("next:  redbctl start security core");
    }

    [Fact]
    public async Task A_dependency_stopped_while_it_is_waited_for_ends_the_wait()
    {
        var group = Depend(Services.In("mesh", ServicePhase.Starting), Behind("core", "mesh"));

        var running = _tool.RunAsync("start", "core");
        await group.Watched.Task.WaitAsync(TestContext.Current.CancellationToken);
        running.IsCompleted.Should().BeFalse("mesh may still come up");
        group.ChangeService("mesh", _ => Services.Stopped("mesh"));
        var run = await running;

        run.Code.Should().Be(ExitCode.Failed);
    }

    [Fact]
    public async Task A_dependency_that_is_about_to_come_back_is_waited_for()
    {
        var group = Depend(Services.In("mesh", ServicePhase.Stopped), Behind("core", "mesh"));

        var running = _tool.RunAsync("start", "core");
        await group.Watched.Task.WaitAsync(TestContext.Current.CancellationToken);
        running.IsCompleted.Should().BeFalse();
        group.ChangeService("core", service => service with { Phase = ServicePhase.Ready });
        var run = await running;

        run.Code.Should().Be(ExitCode.Done);
    }

    [Fact]
    public async Task The_next_command_chooses_the_group_that_was_chosen()
    {
        Depend(Services.Stopped("mesh"), Behind("core", "mesh"));

        var run = await _tool.RunAsync("start", "core", "-g", "default");

        run.Error.Should().EndWith("next:  redbctl start mesh core -g default\n");
    }

    [Fact]
    public async Task Beside_another_group_the_next_command_says_which_is_meant()
    {
        var green = new FakeGroup(_tool.Host, "green", Services.Stopped("mesh"), Behind("core", "mesh"))
        {
            OnRequest = (_, service) => service with { Phase = ServicePhase.Pending },
        };
        _tool.Supervise(green, new FakeGroup(_tool.Host, "blue", Services.Ready("core")));

        var run = await _tool.RunAsync("start", "green/core");
        var why = await _tool.RunAsync("why", "green/core");

        run.Error.Should().EndWith("next:  redbctl start green/mesh green/core\n");
        why.Output.Should().EndWith("next: redbctl start green/mesh green/core\n");
    }

    [Fact]
    public async Task With_deps_starts_what_is_stopped_below_in_one_request()
    {
        var group = Depend(
            Services.Stopped("security"),
            Services.Stopped("mesh") with
            {
                Dependencies = ["security"],
            },
            Services.Ready("web"),
            Services.Stopped("other"),
            Behind("core", "mesh", "web")
        );
        group.OnRequest = (_, service) => service with { Phase = ServicePhase.Ready };

        var run = await _tool.RunAsync("start", "core", "--with-deps");

        run.Code.Should().Be(ExitCode.Done);
        group.Requests.Should().Equal("Start security,mesh,core");
    }

    [Fact]
    public async Task Only_a_start_has_with_deps()
    {
        Depend(Services.Ready("mesh"), Behind("core", "mesh"));

        var run = await _tool.RunAsync("stop", "core", "--with-deps");

        run.Code.Should().Be(ExitCode.Usage);
    }

    private static ServiceView Behind(string name, params string[] dependencies) =>
        Services.Stopped(name) with
        {
            Dependencies = [.. dependencies],
        };

    private FakeGroup Depend(params ReadOnlySpan<ServiceView> services)
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", services));
        group.OnRequest = (_, service) => service with { Phase = ServicePhase.Pending, Reason = "waits" };
        return group;
    }
}
