using CsCheck;
using Redb.Hosting.Service.Health;
using Redb.Protocol.Common;

namespace Redb.Hosting.Service.Tests.Health;

public sealed class HealthRulesTests
{
    [Fact]
    public void No_check_means_healthy() => HealthRules.Aggregate([]).Should().Be(HealthStatus.Healthy);

    [Fact]
    public void One_degraded_check_degrades() =>
        HealthRules.Aggregate([HealthStatus.Degraded]).Should().Be(HealthStatus.Degraded);

    [Fact]
    public void None_some_or_all_failing_decide() =>
        Gen
            .Bool.Array[1, 8]
            .Sample(passing =>
            {
                var expected =
                    passing.All(p => p) ? HealthStatus.Healthy
                    : passing.Any(p => p) ? HealthStatus.Degraded
                    : HealthStatus.Unhealthy;

                HealthRules
                    .Aggregate([.. passing.Select(p => p ? HealthStatus.Healthy : HealthStatus.Unhealthy)])
                    .Should()
                    .Be(expected);
            });
}
