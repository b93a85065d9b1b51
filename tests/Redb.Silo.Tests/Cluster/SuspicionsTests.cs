using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Configuration;
using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

public sealed class SuspicionsTests
{
    private const int Own = 11111;
    private const int Other = 11112;

    private readonly FakeTimeProvider _time = new();
    private readonly StatedApproach _approach = new() { LetsUsIn = true };
    private readonly Suspicions _suspicions;

    public SuspicionsTests() =>
        _suspicions = new(
            new StatedSilo(Silos.Entry(Own).SiloAddress),
            _approach,
            Options.Create(new ClusterMembershipOptions()),
            _time,
            NullLogger<Suspicions>.Instance
        );

    [Fact]
    public async Task No_vote_counts_against_a_silo_that_lets_us_in() =>
        (await IsUnfoundedAsync(Other)).Should().BeTrue();

    [Fact]
    public async Task One_that_does_not_can_be_voted_against()
    {
        _approach.LetsUsIn = false;

        (await IsUnfoundedAsync(Other)).Should().BeFalse();
    }

    [Fact]
    public async Task Who_was_found_silent_is_not_waited_for_again_at_once()
    {
        _approach.LetsUsIn = false;
        await IsUnfoundedAsync(Other);
        await IsUnfoundedAsync(Other);

        _approach.Looks.Should().Be(1);
    }

    [Fact]
    public async Task Who_was_found_silent_is_looked_at_again_when_it_is_suspected_later()
    {
        _approach.LetsUsIn = false;
        await IsUnfoundedAsync(Other);
        _approach.LetsUsIn = true;
        _time.Advance(TimeSpan.FromSeconds(10));

        (await IsUnfoundedAsync(Other)).Should().BeTrue();
    }

    [Fact]
    public async Task One_that_lets_us_in_and_does_nothing_else_is_voted_against_in_the_end()
    {
        var unfounded = 0;
        while (await IsUnfoundedAsync(Other))
        {
            unfounded++;
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        unfounded.Should().Be(10, "it has twenty seconds");
    }

    [Fact]
    public async Task What_was_suspected_now_and_then_is_not_added_up()
    {
        for (var time = 0; time < 10; time++)
        {
            (await IsUnfoundedAsync(Other)).Should().BeTrue();
            _time.Advance(TimeSpan.FromSeconds(15));
        }
    }

    [Fact]
    public async Task Of_itself_and_its_earlier_lives_a_silo_says_what_it_likes()
    {
        (await IsUnfoundedAsync(Own)).Should().BeFalse();
        (await IsUnfoundedAsync(Own, generation: 7)).Should().BeFalse();
        _approach.Looks.Should().Be(0);
    }

    private Task<bool> IsUnfoundedAsync(int port, int generation = 1) =>
        _suspicions.IsUnfoundedAsync(
            Silos.Entry(port, SiloStatus.Dead, generation: generation),
            TestContext.Current.CancellationToken
        );

    private sealed record StatedSilo(SiloAddress SiloAddress) : ILocalSiloDetails
    {
        public string Name => "";

        public string ClusterId => "";

        public string DnsHostName => "";

        public SiloAddress GatewayAddress => SiloAddress;
    }
}
