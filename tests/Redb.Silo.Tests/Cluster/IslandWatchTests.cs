using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Redb.Silo.Cluster;
using Redb.Silo.Tests.Processes;

namespace Redb.Silo.Tests.Cluster;

public sealed class IslandWatchTests : IAsyncLifetime
{
    private static readonly ApproachVerdict Open = new(ApproachKind.Open, "");

    private readonly FakeTimeProvider _time = new();
    private readonly StatedApproach _approach = new();
    private readonly StatedBeginnings _beginnings = new();
    private readonly FakeControl _supervisor = new();
    private readonly ClusterStanding _standing;
    private readonly IslandWatch _watch;

    public IslandWatchTests()
    {
        _standing = new(_time, NullLogger<ClusterStanding>.Instance);
        var moment = new JoinMoment(
            _beginnings,
            _supervisor,
            TimeSpan.FromMinutes(1),
            _time,
            NullLogger<JoinMoment>.Instance
        );
        _watch = new(new(_approach, _approach.Now), _standing, moment, _time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _watch.StartAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _watch.StopAsync(CancellationToken.None);
        _watch.Dispose();
    }

    [Fact]
    public async Task An_island_says_why_it_is_alone_until_it_joins()
    {
        await StandsAsync("once it can: the database is away");
        _beginnings.Now = new(["main/core"], MayFollow: false);
        _approach.Now = Open;
        await StandsAsync("the cluster can be joined: waits until main/core has started, 60 s at most");
        _approach.Now = new(ApproachKind.Closed, "the clocks differ");
        await StandsAsync("once it can: the clocks differ");
        _supervisor.Restarts.Should().Be(0);

        _beginnings.Now = new([], MayFollow: false);
        _approach.Now = Open;

        await Eventually.True(HasRestarted, Cancellation);
        _watch.ExecuteTask!.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task It_joins_after_the_longest_wait_whatever_is_still_starting()
    {
        _beginnings.Now = new(["main/core"], MayFollow: false);
        _approach.Now = Open;
        var began = _time.GetUtcNow();

        await Eventually.True(HasRestarted, Cancellation);

        (_time.GetUtcNow() - began).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(1));
    }

    private Task StandsAsync(string words) =>
        Eventually.True(
            () =>
            {
                _time.Advance(IslandWatch.Interval);
                return _standing.Trouble.EndsWith(words, StringComparison.Ordinal);
            },
            Cancellation
        );

    // It may not have begun to wait when the time goes on for the first time.
    private bool HasRestarted()
    {
        _time.Advance(IslandWatch.Interval);
        return _supervisor.Restarts > 0;
    }
}
