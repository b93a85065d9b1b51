using Orleans.Configuration;
using Redb.Abstractions.Configuration;
using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

public sealed class DetectionTests
{
    // What is promised in the reference: frozen or cut off within 9 s, fast within 5 s.
    [Theory]
    [InlineData(FailureDetection.Normal, 1.6, 9)]
    [InlineData(FailureDetection.Fast, 1, 5)]
    public void Missed_probes_leave_time_for_the_votes_within_what_is_promised(
        FailureDetection detection,
        double probe,
        int promised
    )
    {
        var options = Applied(detection);

        options.ProbeTimeout.Should().Be(TimeSpan.FromSeconds(probe));
        (options.NumMissedProbesLimit * options.MaxProbeTimeout)
            .Should()
            .BeLessThanOrEqualTo(TimeSpan.FromSeconds(promised - 2));
    }

    // Adaptive probes would wait four times as long for a frozen silo.
    [Fact]
    public void No_probe_waits_longer_than_another()
    {
        var options = Applied(FailureDetection.Normal);

        options.MinProbeTimeout.Should().Be(options.ProbeTimeout);
        options.MaxProbeTimeout.Should().Be(options.ProbeTimeout);
    }

    [Fact]
    public void A_member_that_is_stale_for_us_is_stale_for_Orleans()
    {
        var options = Applied(FailureDetection.Normal);

        Detection
            .Stale.Should()
            .Be(options.IAmAliveTablePublishTimeout * options.NumMissedTableIAmAliveLimit)
            .And.BeLessThanOrEqualTo(options.MaxJoinAttemptTime);
    }

    private static ClusterMembershipOptions Applied(FailureDetection detection)
    {
        var options = new ClusterMembershipOptions();
        Detection.Apply(detection, options);
        return options;
    }
}
