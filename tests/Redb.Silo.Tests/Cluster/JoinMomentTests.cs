using Microsoft.Extensions.Time.Testing;
using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

public sealed class JoinMomentTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider _time = new();
    private readonly StatedBeginnings _beginnings = new();
    private readonly FakeControl _supervisor = new();
    private readonly HeardLog<JoinMoment> _log = new();
    private readonly JoinMoment _moment;

    public JoinMomentTests() => _moment = new(_beginnings, _supervisor, Longest, _time, _log);

    [Fact]
    public async Task Where_nothing_starts_it_is_now()
    {
        (await TryAsync()).Should().BeEmpty();

        _supervisor.Restarts.Should().Be(1);
        _log.Lines.Should().ContainSingle().Which.Should().EndWith("the services run on");
    }

    [Fact]
    public async Task Services_that_are_starting_are_waited_for_by_name()
    {
        _beginnings.Now = new(["main/core", "main/mesh"], MayFollow: false);
        (await TryAsync())
            .Should()
            .Be("the cluster can be joined: waits until main/core, main/mesh have started, 60 s at most");
        _beginnings.Now = new(["main/mesh"], MayFollow: false);
        (await TryAsync()).Should().Be("the cluster can be joined: waits until main/mesh has started, 60 s at most");
        _supervisor.Restarts.Should().Be(0);

        _beginnings.Now = new([], MayFollow: false);

        (await TryAsync()).Should().BeEmpty();
        _supervisor.Restarts.Should().Be(1);
    }

    [Fact]
    public async Task Whose_turn_is_next_gets_the_time_to_start()
    {
        _beginnings.Now = new([], MayFollow: true);
        (await TryAsync()).Should().Contain("looks whether another service starts");

        _beginnings.Now = new(["main/mesh"], MayFollow: true);

        (await TryAsync()).Should().Contain("main/mesh has started");
        _supervisor.Restarts.Should().Be(0);
    }

    [Fact]
    public async Task What_waits_for_something_else_is_not_waited_for()
    {
        _beginnings.Now = new([], MayFollow: true);
        await TryAsync();

        (await TryAsync()).Should().BeEmpty();

        _supervisor.Restarts.Should().Be(1);
    }

    [Fact]
    public async Task After_the_longest_wait_it_is_in_any_case_and_that_is_said_in_one_line()
    {
        _beginnings.Now = new(["main/core"], MayFollow: false);
        await TryAsync();
        _time.Advance(Longest - TimeSpan.FromTicks(1));
        (await TryAsync()).Should().NotBeEmpty();

        _time.Advance(TimeSpan.FromTicks(1));

        (await TryAsync()).Should().BeEmpty();
        _supervisor.Restarts.Should().Be(1);
        _log.Lines.Should()
            .ContainSingle()
            .Which.Should()
            .EndWith("not everything has started after 60 s (cluster.join_max_delay): main/core");
    }

    [Fact]
    public async Task The_wait_begins_when_the_cluster_can_be_joined_and_anew_when_it_could_not_in_between()
    {
        _beginnings.Now = new(["main/core"], MayFollow: false);
        _time.Advance(Longest);
        (await TryAsync()).Should().NotBeEmpty();
        _time.Advance(Longest);

        _moment.Pass();

        (await TryAsync()).Should().NotBeEmpty();
        _supervisor.Restarts.Should().Be(0);
    }

    [Fact]
    public async Task Who_must_not_wait_joins_at_once()
    {
        _beginnings.Now = new(["main/core"], MayFollow: true);
        var moment = new JoinMoment(_beginnings, _supervisor, TimeSpan.Zero, _time, _log);

        (await moment.TryAsync(TestContext.Current.CancellationToken)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_restart_that_is_refused_is_tried_again_after_half_a_minute()
    {
        _supervisor.Refusal = "no such program";
        (await TryAsync()).Should().EndWith("a restart in place is refused: no such program");
        _time.Advance(TimeSpan.FromSeconds(29));
        (await TryAsync()).Should().EndWith("a restart in place is refused: no such program");
        _supervisor.Restarts.Should().Be(1);

        _supervisor.Refusal = "";
        _time.Advance(TimeSpan.FromSeconds(1));

        (await TryAsync()).Should().BeEmpty();
        _supervisor.Restarts.Should().Be(2);
    }

    private Task<string> TryAsync() => _moment.TryAsync(TestContext.Current.CancellationToken);
}
