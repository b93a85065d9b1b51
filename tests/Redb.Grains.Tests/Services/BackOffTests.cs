using CsCheck;
using Redb.Abstractions.Services;
using Redb.Grains.Services;

namespace Redb.Grains.Tests.Services;

public sealed class BackOffTests
{
    [Fact]
    public void The_first_failure_waits_for_nothing() =>
        BackOff.Delay(new RestartPolicy(), failures: 1, sample: 0.5).Should().Be(TimeSpan.Zero);

    [Fact]
    public void A_delay_is_never_negative_and_never_above_the_ceiling() =>
        Gen.Select(Gen.Int[1, int.MaxValue], Gen.Double[0, 0.999], Gen.Double[0, 1], Gen.Double[1, 100])
            .Sample(
                (failures, sample, jitter, factor) =>
                {
                    var policy = new RestartPolicy { Jitter = jitter, Factor = factor };

                    var delay = BackOff.Delay(policy, failures, sample);

                    return delay >= TimeSpan.Zero && delay <= policy.MaxDelay;
                }
            );

    [Fact]
    public void Without_jitter_each_wait_is_the_factor_times_the_one_before_up_to_the_ceiling()
    {
        var policy = new RestartPolicy
        {
            InitialDelay = TimeSpan.FromSeconds(1),
            Factor = 3,
            MaxDelay = TimeSpan.FromSeconds(20),
            Jitter = 0,
        };

        var delays = Enumerable.Range(2, 5).Select(failures => BackOff.Delay(policy, failures, sample: 0).TotalSeconds);

        delays.Should().Equal(1, 3, 9, 20, 20);
    }
}
