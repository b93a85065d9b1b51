using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Redb.Silo.Cluster;
using Redb.Silo.Tests.Hosting;
using Redb.Silo.Tests.Processes;

namespace Redb.Silo.Tests.Cluster;

public sealed class MembershipLookoutTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeMembers _members = new();
    private readonly ClusterStanding _standing;
    private readonly MembershipLookout _lookout;

    public MembershipLookoutTests()
    {
        _standing = new(_time, NullLogger<ClusterStanding>.Instance);
        _lookout = new(_members, _standing, _time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _lookout.StartAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _lookout.StopAsync(CancellationToken.None);
        _lookout.Dispose();
    }

    [Fact]
    public Task A_process_that_was_frozen_reads_the_membership_as_soon_as_it_goes_on() =>
        ReadsAsync(after: TimeSpan.FromSeconds(5), reads: 1);

    [Fact]
    public async Task A_membership_that_does_not_answer_is_asked_each_second_and_for_a_while_after_it_does()
    {
        _standing.Failed(new TimeoutException("nobody there"));
        await ReadsAsync(TimeSpan.FromSeconds(1), reads: 2);

        _standing.Answered();

        await ReadsAsync(TimeSpan.FromSeconds(1), reads: 4);
        _standing.IsSilent.Should().BeFalse();
    }

    // It may not have begun to wait when the time goes on for the first time.
    private Task ReadsAsync(TimeSpan after, int reads) =>
        Eventually.True(
            () =>
            {
                _time.Advance(after);
                return _members.Refreshes >= reads;
            },
            Cancellation
        );
}
