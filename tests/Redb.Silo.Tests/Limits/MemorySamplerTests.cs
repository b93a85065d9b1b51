using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Redb.Silo.Limits;
using Redb.Silo.Tests.Processes;

namespace Redb.Silo.Tests.Limits;

public sealed class MemorySamplerTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_is_over_its_limit_twice_in_a_row_is_told_once()
    {
        await using var site = new LaunchSite();
        var pid = site.Start(site.Shell(LimitSite.HoldsMemory));
        await Eventually.True(() => Memory(pid) > 100 << 20, Cancellation);
        var time = new FakeTimeProvider();
        await using var sampler = new MemorySampler(Interval, time, NullLogger.Instance);
        var told = new List<string>();

        sampler.Watch(pid, 64, Tell(told));
        time.Advance(Interval);
        told.Should().BeEmpty("one look may fall on a peak");
        time.Advance(Interval);
        time.Advance(Interval);

        told.Should().ContainSingle().Which.Should().MatchRegex(@"^uses 1\d\d MB, limit is 64 MB \(sampled\)$");
    }

    [Fact]
    public async Task A_run_below_its_limit_and_one_that_is_forgotten_are_left_alone()
    {
        await using var site = new LaunchSite();
        var pid = site.Start(site.Order("/bin/sleep", "60"));
        var time = new FakeTimeProvider();
        await using var sampler = new MemorySampler(Interval, time, NullLogger.Instance);
        var told = new List<string>();
        sampler.Watch(pid, 1000, Tell(told));
        sampler.Watch(Environment.ProcessId, 0, Tell(told));

        sampler.Forget(Environment.ProcessId);
        time.Advance(Interval);
        time.Advance(Interval);

        told.Should().BeEmpty();
    }

    private static Func<string, ValueTask> Tell(List<string> told) =>
        reason =>
        {
            told.Add(reason);
            return ValueTask.CompletedTask;
        };

    private static long Memory(int session) =>
        SessionMemory.Of(new HashSet<int> { session }).GetValueOrDefault(session);
}
