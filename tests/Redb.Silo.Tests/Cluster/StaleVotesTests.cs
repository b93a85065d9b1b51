using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

public sealed class StaleVotesTests
{
    private const int Own = 11111;
    private const int Other = 11112;

    private readonly FakeTimeProvider _time = new();
    private readonly StatedApproach _approach = new() { Reaches = true };
    private readonly ClusterStanding _standing;
    private readonly StaleVotes _votes;

    public StaleVotesTests()
    {
        _standing = new(_time, NullLogger<ClusterStanding>.Instance);
        _votes = new(
            new StatedSilo(Silos.Entry(Own).SiloAddress),
            _approach,
            _standing,
            NullLogger<StaleVotes>.Instance
        );
    }

    [Fact]
    public async Task Who_was_cut_off_has_no_vote_against_a_silo_that_answers()
    {
        CutOff();

        (await IsStaleAsync(Other)).Should().BeTrue();
    }

    [Fact]
    public async Task One_that_does_not_answer_can_be_voted_against()
    {
        CutOff();
        _approach.Reaches = false;

        (await IsStaleAsync(Other)).Should().BeFalse();
    }

    [Fact]
    public async Task Of_itself_a_silo_says_what_it_likes()
    {
        CutOff();

        (await IsStaleAsync(Own)).Should().BeFalse();
    }

    [Fact]
    public async Task Who_was_not_cut_off_votes_without_another_look() =>
        (await IsStaleAsync(Other)).Should().BeFalse();

    [Fact]
    public async Task What_is_long_over_does_not_count()
    {
        CutOff();
        _time.Advance(MembershipLookout.Afterwards);

        (await IsStaleAsync(Other)).Should().BeFalse();
    }

    private void CutOff()
    {
        _standing.Failed(new TimeoutException("nobody there"));
        _standing.Answered();
    }

    private Task<bool> IsStaleAsync(int port) =>
        _votes.IsStaleAsync(Silos.Entry(port, SiloStatus.Dead), TestContext.Current.CancellationToken);

    private sealed record StatedSilo(SiloAddress SiloAddress) : ILocalSiloDetails
    {
        public string Name => "";

        public string ClusterId => "";

        public string DnsHostName => "";

        public SiloAddress GatewayAddress => SiloAddress;
    }
}
