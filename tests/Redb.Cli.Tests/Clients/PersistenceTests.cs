using Redb.Abstractions.Services;
using Redb.Cli.Tests.Fakes;

namespace Redb.Cli.Tests.Clients;

/// <summary>What commands make of a supervisor that lives and does not answer.</summary>
public sealed class PersistenceTests : IDisposable
{
    private readonly HastyTime _time = new();
    private readonly DateTimeOffset _began;
    private readonly Tool _tool;

    public PersistenceTests(FakeCluster cluster)
    {
        _began = _time.GetUtcNow();
        _tool = new(cluster) { Time = _time };
    }

    private TimeSpan Elapsed => _time.GetUtcNow() - _began;

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("status")]
    [InlineData("status", "--all-groups")]
    [InlineData("stop", "core", "--no-wait")]
    [InlineData("wait", "core")]
    public async Task A_restart_in_place_is_survived(params string[] arguments)
    {
        Supervise(ServicePhase.Ready);
        _tool.OnConnect = connect => connect <= 8 ? Refused() : null;

        var run = await _tool.RunAsync(arguments);

        run.Code.Should().Be(ExitCode.Done, run.Error);
        _tool.Connects.Should().BeGreaterThan(8);
    }

    [Fact]
    public async Task A_look_gives_up_after_three_seconds()
    {
        Supervise(ServicePhase.Ready);
        _tool.OnConnect = static _ => Refused();

        var run = await _tool.RunAsync("status");

        run.Code.Should().Be(ExitCode.Unavailable);
        run.Error.Should().Be("error: it does not answer\ncause: Connection refused\nnext:  ps\n");
        Elapsed.Should().BeCloseTo(TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task A_wait_gives_up_when_its_time_is_over_and_says_what_the_trouble_was()
    {
        Supervise(ServicePhase.Ready);
        _tool.OnConnect = static _ => Refused();

        var run = await _tool.RunAsync("wait", "--timeout", "20s");

        run.Code.Should().Be(ExitCode.TimedOut);
        run.Error.Should()
            .Be(
                """
                error: the supervisor does not answer, and time is over after 20.0s
                cause: it does not answer: Connection refused
                next:  ps

                """
            );
        Elapsed.Should().BeCloseTo(TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task A_wait_is_shorter_by_what_was_lost_before_it_began()
    {
        Supervise(ServicePhase.Ready);
        _tool.OnConnect = connect => connect <= 10 ? Refused() : null;

        var run = await _tool.RunAsync("wait");

        run.Error.Should().Be("core is Ready after 2.0s\n");
    }

    [Fact]
    public async Task A_wait_goes_on_when_the_supervisor_comes_back()
    {
        var group = Supervise(ServicePhase.Pending);
        _tool.OnConnect = connect =>
        {
            group.EndsStreams = false;
            return connect is > 1 and < 40 ? Refused() : null;
        };

        var running = _tool.RunAsync("wait");
        await group.Watched.Task.WaitAsync(TestContext.Current.CancellationToken);
        group.EndsStreams = true;
        group.ChangeService("core", service => service with { Phase = ServicePhase.Ready });
        var run = await running;

        run.Code.Should().Be(ExitCode.Done, run.Error);
        _tool.Connects.Should().Be(40);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("wait")]
    public async Task Nobody_waits_for_a_supervisor_whose_process_has_ended(string verb)
    {
        Supervise(ServicePhase.Ready);
        _tool.OnConnect = connect =>
        {
            _tool.IsSupervisorDead = connect == 3;
            return Refused();
        };

        var run = await _tool.RunAsync(verb);

        run.Code.Should().Be(ExitCode.Unavailable);
        run.Error.Should().Contain("no supervisor is running here").And.Contain("is gone");
        _tool.Connects.Should().Be(3);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("wait")]
    public async Task Where_there_is_no_supervisor_it_ends_at_once(string verb)
    {
        var run = await _tool.RunAsync(verb);

        run.Code.Should().Be(ExitCode.Unavailable);
        Elapsed.Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("wait")]
    public async Task A_refusal_is_final(string verb)
    {
        Supervise(ServicePhase.Ready);
        _tool.OnConnect = static _ => new(ExitCode.PermissionDenied, "not let in", "wrong key", "another user");

        var run = await _tool.RunAsync(verb);

        run.Code.Should().Be(ExitCode.PermissionDenied);
        _tool.Connects.Should().Be(1);
    }

    private static CommandFailure Refused() =>
        new(ExitCode.Unavailable, "it does not answer", "Connection refused", "ps") { MayPass = true };

    private FakeGroup Supervise(ServicePhase phase) =>
        _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.In("core", phase)));
}
